"""`quickback compile`: definitions into the project's API; a compile that fails writes nothing."""

from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.findings import Format, show
from qb_mcp.operations.compiling import Outcome, compile_files
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def compile(
    project: Annotated[
        str | None, typer.Option(help="The project's folder, where it is not the working directory.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say what would be written.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite generated files that were edited by hand.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this folder instead of the project's.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.FULL,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
) -> None:
    """Compile the definitions into the project's API."""
    root = find_project(around=Surroundings(option=project)).root
    outcome = compile_files(root, write=not check, force=force, out=out.absolute() if out else None)
    form = Format.JSON if as_json else form
    show(outcome, form)
    if form in (Format.FULL, Format.CONCISE):
        _tell_changes(outcome)
    if not outcome.ok:
        raise typer.Exit(1)


def _tell_changes(outcome: Outcome) -> None:
    if not outcome.ok:
        console.note("nothing was written")
        return
    changes = dict(outcome.changes)
    counts = [f"{len(changes[kind])} {kind}" for kind in changes if changes[kind]]
    console.note(f"{'wrote' if outcome.written else 'would write'}: {', '.join(counts) or 'nothing'}")
    for path in changes.get("kept", ()):
        console.note(f"kept {path}: it was edited by hand (--force overwrites it)")
