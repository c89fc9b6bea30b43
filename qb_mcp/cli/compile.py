"""`quickback compile`: definitions into the project's API; a compile that fails writes nothing."""

from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.findings import Format, show
from qb_mcp.operations.compiling import Outcome, compile_files, preview
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def compile(
    project: Annotated[
        str | None, typer.Option(help="The project's folder, where it is not the working directory.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; show what would change, as a diff.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite generated files that were edited by hand.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this folder instead of the project's.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.FULL,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
) -> None:
    """Compile the definitions into the project's API.

    \b
    Examples:
      quickback compile
      quickback compile --dry-run
      quickback compile --out ../built
    """
    root = find_project(around=Surroundings(option=project)).root
    form = Format.JSON if as_json else form
    target = out.absolute() if out else None
    if dry_run:
        outcome, diff = preview(root, force=force, out=target)
    else:
        outcome, diff = compile_files(root, write=True, force=force, out=target), ""
    show(outcome, form, written=outcome.written, changes=dict(outcome.changes), diff=diff)
    if form in (Format.FULL, Format.CONCISE):
        _tell_changes(outcome, diff)
    if not outcome.ok:
        raise typer.Exit(1)


def _tell_changes(outcome: Outcome, diff: str) -> None:
    if diff:
        console.say_diff(diff)
    if not outcome.ok:
        console.note("nothing was written")
        return
    changes = dict(outcome.changes)
    counts = [f"{len(changes[kind])} {kind}" for kind in changes if changes[kind]]
    console.note(f"{'wrote' if outcome.written else 'would write'}: {', '.join(counts) or 'nothing'}")
    if not outcome.written:
        for path in changes.get("kept", ()):
            console.note(f"would keep {path}: it was edited by hand (--force overwrites it)")
