"""`quickback doctor`: what stands in the way, and how to mend it."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.options import AsJson
from qb_mcp.clients.client import Machine
from qb_mcp.doctor.examine import examine
from qb_mcp.doctor.finding import Finding, Level

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_MARKS = {Level.OK: "ok", Level.NOTE: "note", Level.FAULT: "FAULT"}


@app.command()
def doctor(
    project: Annotated[
        str | None, typer.Option(help="The project's folder, where it is not the working directory.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look at the installation, the project, Node, and every AI client: each configured server is started and asked.

    The exit code is 1 where something will not work.
    """
    findings = []
    for finding in examine(project, Machine()):
        findings.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        console.say(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    raise typer.Exit(1 if any(finding.level is Level.FAULT for finding in findings) else 0)


def _show(finding: Finding) -> None:
    style = "error" if finding.level is Level.FAULT else "hint" if finding.level is Level.NOTE else "dim"
    mark = console.styled(f"{_MARKS[finding.level]:<5}", style, sys.stdout)
    console.say(f"{mark}  {finding.about:<24} {finding.said}")
    if finding.hint:
        console.say_wrapped(f"       {finding.hint}", 7, "dim")
