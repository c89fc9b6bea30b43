"""`quickback who-can read candidates.email`: one question to the access matrix."""

import json
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.access import as_json
from qb_mcp.operations.access import ask_who_can
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def who_can(
    verb: Annotated[str, typer.Argument(help="read, write, or an operation such as create or an action's name.")],
    target: Annotated[str, typer.Argument(help="A table, or table.column.")],
    project: Annotated[str | None, typer.Option(help="The project's folder.")] = None,
    as_json_text: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Say who can do one thing, through which operation, to which rows, and why.

    \b
    Examples:
      quickback who-can read candidates.email
      quickback who-can delete jobs
    """
    answer = ask_who_can(find_project(around=Surroundings(option=project)).root, verb, target)
    if as_json_text:
        cells = [as_json(cell) for cell in answer.cells]
        console.say(json.dumps({"version": 1, "cells": cells, "refused": list(answer.refused)}, indent=2))
        return
    console.say(f"Who can {answer.verb} {target}:")
    for cell in answer.cells:
        place = f"{cell.span.file.path}:{cell.span.line}"
        console.say(f"  {cell.subject:<14} {cell.operation:<14} {cell.verdict:<20} where {cell.rows}  [{place}]")
    if answer.refused:
        console.say(f"Nobody else: {', '.join(answer.refused)} cannot.")
