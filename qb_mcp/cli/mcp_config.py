"""`quickback mcp config`: prints what to paste, for those who would rather do it themselves."""

import json

import typer

from qb_mcp.cli import console
from qb_mcp.cli.mcp_install import Clients, Project, User, scope
from qb_mcp.cli.options import AsJson, project_here
from qb_mcp.clients import servers
from qb_mcp.clients.client import Client, Machine, Scope
from qb_mcp.clients.launch import launch
from qb_mcp.errors import QbError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_USUAL = ("claude-desktop", "claude-code", "cursor", "vscode")


@app.command()
def config(client: Clients = None, user: User = False, project: Project = False, as_json: AsJson = False) -> None:
    """Print the configuration block of each client and the file it belongs in.

    \b
    Examples:
      quickback mcp config
      quickback mcp config -c codex --user
    """
    machine = Machine()
    asked = scope(user, project)
    blocks = [_block(one, asked, machine) for one in servers.chosen(client or _USUAL, machine)]
    if as_json:
        keys = ("client", "file", "text")
        console.say(json.dumps([dict(zip(keys, block, strict=True)) for block in blocks], indent=2))
        return
    for title, file, text in blocks:
        console.say(f"# {title}: {file}\n{text.rstrip()}\n")


def _block(one: Client, asked: Scope | None, machine: Machine) -> tuple[str, str, str]:
    """The client's title, the file as a person would name it, and the text."""
    scope_ = asked or (Scope.PROJECT if Scope.PROJECT in one.scopes else one.scopes[0])
    entry = one.entry(scope_, launch(scope_))
    return one.title, _file(one, scope_, machine), one.format.print(one.path, entry)


def _file(one: Client, scope_: Scope, machine: Machine) -> str:
    if scope_ is Scope.PROJECT and one.project:
        return f"{one.project}, in the project"
    if scope_ not in one.scopes:
        raise QbError(f"{one.title} has no {scope_} file for MCP servers", one.after)
    return str(one.file(scope_, machine, project_here() or machine.home))
