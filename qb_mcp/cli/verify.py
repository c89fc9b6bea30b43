"""`quickback verify [REPORT]`: is this security report the one that was signed?"""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.operations.find_project import Surroundings, find_project
from qb_mcp.operations.verify_report import KEY_VARIABLE, REPORT, verify_report

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def verify(
    report: Annotated[Path | None, typer.Argument(help="The report; the project's own without it.")] = None,
    signature: Annotated[Path | None, typer.Option(help="Its signature; the file beside it without this.")] = None,
    key_env: Annotated[str | None, typer.Option(help=f"The variable with the key; {KEY_VARIABLE} without it.")] = None,
    require_signed: Annotated[bool, typer.Option("--require-signed", help="A digest without a key fails.")] = False,
    as_json_text: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Check a security report against its signature.

    \b
    Examples:
      quickback verify
      quickback verify report.json --require-signed
    """
    path = report or find_project(around=Surroundings()).root / REPORT
    found = verify_report(path, signature, os.environ, key_env).verification
    if as_json_text:
        content = {"version": 1, "intact": found.intact, "signed": found.signed, "reason": found.reason}
        console.say(json.dumps(content, indent=2))
    else:
        console.say(found.reason)
    if not found.intact or (require_signed and not found.signed):
        raise typer.Exit(1)
