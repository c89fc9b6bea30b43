"""`quickback who-can read candidates.email`: one question to the access matrix."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from qb_compiler.analysis.matrix import Cell
from qb_mcp.cli import console
from qb_mcp.cli.access import as_json
from qb_mcp.operations.access import ask_who_can
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def who_can(
    verb: Annotated[str, typer.Argument(help="read, write, or an operation such as create or an action's name.")],
    target: Annotated[
        str, typer.Argument(help="A table, table.column, or `feature NAME` for actions without a table.")
    ],
    project: Annotated[str | None, typer.Option(help="The project's folder.")] = None,
    as_json_text: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Say who can do one thing, through which operation, to which rows, and why.

    \b
    Examples:
      quickback who-can read candidates.email
      quickback who-can delete jobs
      quickback who-can write "feature files"
    """
    answer = ask_who_can(find_project(around=Surroundings(option=project)).root, verb, target)
    if as_json_text:
        cells = [as_json(cell) for cell in answer.cells]
        console.say(json.dumps({"version": 1, "cells": cells, "refused": list(answer.refused)}, indent=2))
        return
    console.say(f"Who can {answer.verb} {target}:")
    for (operation, verdict, rows, place), subjects in _grouped(answer.cells).items():
        console.say_wrapped(f"  {verdict:<9} {operation}: {', '.join(subjects)}", 12)
        console.say_wrapped(f"            where {rows}  [{place}]", 12, "dim")
    if answer.refused:
        console.say_wrapped(f"Nobody else: {', '.join(answer.refused)} cannot.", 2)


def _grouped(cells: Iterable[Cell]) -> Mapping[tuple[str, str, str, str], list[str]]:
    """The subjects that one answer holds for, by that answer."""
    grouped: dict[tuple[str, str, str, str], list[str]] = {}
    for cell in cells:
        place = f"{cell.span.file.path}:{cell.span.line}"
        grouped.setdefault((cell.operation, str(cell.verdict), cell.rows, place), []).append(cell.subject)
    return grouped
