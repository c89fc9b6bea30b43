"""`quickback access [TABLE]`: the matrix of who may do what."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from qb_compiler.analysis.matrix import Cell, Verdict
from qb_mcp.cli import console
from qb_mcp.operations.access import access_matrix
from qb_mcp.operations.access_page import access_page
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

MARKS = {
    Verdict.YES: "yes",
    Verdict.SOME_ROWS: "some rows",
    Verdict.MASKED: "masked",
    Verdict.MASKED_UNLESS_OWNER: "masked, own plain",
    Verdict.NO: "-",
    Verdict.UNDECIDED: "?",
}


def as_json(cell: Cell) -> dict[str, str | int | None]:
    return {
        "table": cell.table,
        "operation": cell.operation,
        "subject": cell.subject,
        "column": cell.column,
        "verdict": str(cell.verdict),
        "rows": cell.rows,
        "reason": cell.reason,
        "file": cell.span.file.path,
        "line": cell.span.line,
    }


def operations_table(name: str, cells: list[Cell]) -> Table:
    """Subjects across, operations down."""
    subjects = list(dict.fromkeys(cell.subject for cell in cells))
    table = Table(title=name, title_justify="left", title_style="bold")
    table.add_column("operation")
    for subject in subjects:
        table.add_column(subject)
    for operation in dict.fromkeys(cell.operation for cell in cells):
        found = {cell.subject: MARKS[cell.verdict] for cell in cells if cell.operation == operation}
        table.add_row(operation, *(found.get(subject, "-") for subject in subjects))
    return table


def masked_table(name: str, cells: list[Cell]) -> Table | None:
    """Columns that somebody sees masked: subjects across."""
    masked = dict.fromkeys(c.column for c in cells if c.verdict in {Verdict.MASKED, Verdict.MASKED_UNLESS_OWNER})
    if not masked:
        return None
    subjects = list(dict.fromkeys(cell.subject for cell in cells))
    table = Table(title=f"{name}: masked columns", title_justify="left", title_style="bold")
    table.add_column("column")
    for subject in subjects:
        table.add_column(subject)
    for column in masked:
        found = {
            cell.subject: MARKS[cell.verdict] for cell in cells if cell.column == column and cell.operation != "create"
        }
        table.add_row(column, *(found.get(subject, "-") for subject in subjects))
    return table


def show(cells: tuple[Cell, ...]) -> None:
    out = console.rich_console()
    for name in dict.fromkeys(cell.table for cell in cells):
        own = [cell for cell in cells if cell.table == name]
        out.print(operations_table(name, [cell for cell in own if cell.column is None]))
        reads = [c for c in own if c.operation in {"list", "get"} or c.operation.startswith("view ")]
        if masked := masked_table(name, [cell for cell in reads if cell.column]):
            out.print(masked)


@app.command()
def access(
    table: Annotated[str | None, typer.Argument(help="One table; all of them without it.")] = None,
    project: Annotated[str | None, typer.Option(help="The project's folder.")] = None,
    as_json_text: Annotated[bool, typer.Option("--json", help="Print every cell as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the matrix as one web page.")] = None,
) -> None:
    """Show who may do what: roles across, operations down, with masked columns below.

    \b
    Examples:
      quickback access
      quickback access candidates
      quickback access --html access.html
    """
    cells = access_matrix(find_project(around=Surroundings(option=project)).root, table)
    if html:
        html.write_text(access_page(cells), encoding="utf-8")
        console.note(f"wrote {html}")
    elif as_json_text:
        console.say(json.dumps({"version": 1, "cells": [as_json(cell) for cell in cells]}, indent=2))
    else:
        show(cells)
