"""`quickback check`: what is wrong in the definitions, without writing anything; `--fix` applies the certain mends."""

from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.findings import Format, show
from qb_mcp.operations.compiling import check as check_definitions
from qb_mcp.operations.compiling import mend
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def check(
    project: Annotated[
        str | None, typer.Option(help="The project's folder, where it is not the working directory.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.FULL,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Apply the mends that are certain, then check again.")] = False,
) -> None:
    """Report what is wrong in the definitions; write nothing.

    \b
    Examples:
      quickback check
      quickback check --fix
      quickback check --format github
    """
    root = find_project(around=Surroundings(option=project)).root
    outcome = check_definitions(root)
    if fix:
        mended = mend(outcome)
        console.note(f"mended {mended.count} in {', '.join(mended.paths) or 'no file'}")
        outcome = check_definitions(root)
    show(outcome, Format.JSON if as_json else form)
    if not outcome.ok:
        raise typer.Exit(1)
