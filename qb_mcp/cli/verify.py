"""`quickback verify [REPORT]`: is this security report the one that was signed?"""

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.operations.find_project import Surroundings, find_project
from qb_mcp.operations.verify_report import KEY_VARIABLE, named, of_project, verify_report, with_key

PASSED = ("", "pass")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def told(status: str) -> str:
    """What the report itself says, where that is no pass."""
    return "" if status in PASSED else f"; it says `{status}`"


@app.command()
def verify(
    report: Annotated[Path | None, typer.Argument(help="The report; the project's own without it.")] = None,
    project: Annotated[str | None, typer.Option(help="The project's folder.")] = None,
    signature: Annotated[Path | None, typer.Option(help="Its signature; the file beside it without this.")] = None,
    key_env: Annotated[
        str | None, typer.Option(help=f"The variable with the key; the config's, or {KEY_VARIABLE}, without it.")
    ] = None,
    require_signed: Annotated[bool, typer.Option("--require-signed", help="A digest without a key fails.")] = False,
    as_json_text: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Check a security report against its signature. Exit 1: it was changed, or nobody vouches for it who should.

    \b
    Examples:
      quickback verify
      quickback verify report.json --require-signed
    """
    if report:
        signing = named(report, os.environ)
    else:
        signing = of_project(find_project(around=Surroundings(option=project)).root, os.environ)
    signing = replace(signing, signature=signature or signing.signature, required=signing.required or require_signed)
    found = verify_report(with_key(signing, key_env, os.environ) if key_env else signing)
    if as_json_text:
        console.say(json.dumps({"version": 1, "ok": found.ok, **asdict(found.verification)}, indent=2))
    else:
        console.say(f"{found.verification.reason}{told(found.verification.status)}")
    if not found.ok:
        raise typer.Exit(1)
