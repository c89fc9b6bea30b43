"""`quickback access [TABLE]`: the matrix of who may do what."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

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


STYLES = {Verdict.YES: "green", Verdict.NO: "dim", Verdict.UNDECIDED: "red"}


def verdicts(title: str, what: str, rows: Mapping[str, Mapping[str, Verdict]]) -> Table:
    """Subjects across, operations or columns down. A subject that may do nothing has no column."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_edge=False, pad_edge=False
    )
    table.add_column(what, overflow="fold")
    subjects = list(dict.fromkeys(subject for found in rows.values() for subject in found))
    shown = [one for one in subjects if any(found.get(one, Verdict.NO) is not Verdict.NO for found in rows.values())]
    for subject in shown:
        table.add_column(subject, overflow="fold")
    for name, found in rows.items():
        table.add_row(name, *(_mark(found.get(subject, Verdict.NO)) for subject in shown))
    if left := [subject for subject in subjects if subject not in shown]:
        table.caption, table.caption_justify = f"{', '.join(left)}: nothing", "left"
    return table


def _mark(verdict: Verdict) -> Text:
    return Text(MARKS[verdict], STYLES.get(verdict, "yellow"))


def operations_table(name: str, cells: list[Cell]) -> Table:
    """What each subject may do."""
    operations = dict.fromkeys(cell.operation for cell in cells)
    return verdicts(
        name, "operation", {one: {c.subject: c.verdict for c in cells if c.operation == one} for one in operations}
    )


def masked_table(name: str, cells: list[Cell]) -> Table | None:
    """Columns that somebody sees masked."""
    masked = dict.fromkeys(
        c.column for c in cells if c.column and c.verdict in {Verdict.MASKED, Verdict.MASKED_UNLESS_OWNER}
    )
    rows = {one: {c.subject: c.verdict for c in cells if c.column == one and c.operation != "create"} for one in masked}
    return verdicts(f"{name}: masked columns", "column", rows) if masked else None


def show(cells: tuple[Cell, ...]) -> None:
    out = console.rich_console()
    for name in dict.fromkeys(cell.table for cell in cells):
        own = [cell for cell in cells if cell.table == name]
        out.print(operations_table(name, [cell for cell in own if cell.column is None]), "")
        reads = [c for c in own if c.operation in {"list", "get"} or c.operation.startswith("view ")]
        if masked := masked_table(name, [cell for cell in reads if cell.column]):
            out.print(masked, "")


@app.command()
def access(
    table: Annotated[
        str | None, typer.Argument(help="One table, or `feature NAME` for actions without one; all without it.")
    ] = None,
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
