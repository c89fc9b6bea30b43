"""`quickback diff REVISION`: what became wider or narrower since another state; a gate for CI."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from qb_compiler.analysis.difference import Change
from qb_mcp.cli import console
from qb_mcp.operations.access import diff_access
from qb_mcp.operations.find_project import Surroundings, find_project
from qb_mcp.operations.revision import state

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class FailOn(StrEnum):
    WIDER = "wider"
    ANY = "any"


def lines(changes: Iterable[Change]) -> list[str]:
    """One line for each distinct change; columns that changed alike stand together."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for c in changes:
        key = (str(c.direction), c.table, c.operation, c.subject, c.aspect, c.before, c.after)
        grouped.setdefault(key, []).extend([c.column] if c.column else [])
    return [
        f"{way:<9} {table} {operation} for {subject}: {aspect} from [{before}] to [{after}]"
        + (f" in {', '.join(columns)}" if columns else "")
        for (way, table, operation, subject, aspect, before, after), columns in grouped.items()
    ]


@app.command()
def diff(
    revision: Annotated[str, typer.Argument(help="A git revision, or a folder with the earlier state.")],
    project: Annotated[str | None, typer.Option(help="The project's folder.")] = None,
    as_json_text: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit 1 on wider access, or on any change.")] = None,
) -> None:
    """Compare who can do what with an earlier state of the project.

    \b
    Examples:
      quickback diff HEAD~1
      quickback diff origin/main --fail-on wider
    """
    root = find_project(around=Surroundings(option=project)).root
    with state(root, revision) as before:
        changes = diff_access(before, root)
    if as_json_text:
        console.say(json.dumps({"version": 1, "changes": [asdict(change) for change in changes]}, indent=2))
    else:
        for line in lines(changes) or ["access is equal"]:
            console.say_wrapped(line, 10)
    widened = any(change.may_widen for change in changes)
    if (fail_on is FailOn.WIDER and widened) or (fail_on is FailOn.ANY and changes):
        raise typer.Exit(1)
