"""The access matrix as one web page that needs nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from qb_compiler.analysis.matrix import Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One operation, or one column of it; `cells` stand in the order of the table's subjects."""

    name: str
    indented: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Section:
    table: str
    subjects: tuple[str, ...]
    rows: tuple[Row, ...]


def _rows(cells: list[Cell], subjects: tuple[str, ...]) -> Iterator[Row]:
    for operation in dict.fromkeys(cell.operation for cell in cells):
        own = [cell for cell in cells if cell.operation == operation]
        for column in dict.fromkeys(cell.column for cell in sorted(own, key=lambda cell: cell.column is not None)):
            found = {cell.subject: cell for cell in own if cell.column == column}
            yield Row(column or operation, column is not None, tuple(found.get(subject) for subject in subjects))


def _section(table: str, cells: list[Cell]) -> Section:
    subjects = tuple(dict.fromkeys(cell.subject for cell in cells))
    return Section(table, subjects, tuple(_rows(cells, subjects)))


def access_page(cells: tuple[Cell, ...]) -> str:
    """HTML with a table for each resource; each cell says its rows and reason when pointed at."""
    tables = dict.fromkeys(cell.table for cell in cells)
    sections = [_section(table, [cell for cell in cells if cell.table == table]) for table in tables]
    loader = PackageLoader("qb_mcp", "operations")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("access_page.html.jinja").render(sections=sections)
