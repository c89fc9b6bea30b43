"""`quickback mcp install`: our server in the configuration of AI clients."""

from typing import Annotated

import typer

from qb_mcp.cli import ask, console, plans
from qb_mcp.cli.options import AsJson, DryRun, Force, Root, Yes, project_here, project_root
from qb_mcp.clients import cursor, servers, vscode
from qb_mcp.clients.catalogue import installed
from qb_mcp.clients.client import Machine, Scope
from qb_mcp.clients.launch import launch
from qb_mcp.errors import QbError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

Clients = Annotated[
    list[str] | None,
    typer.Option("--client", "-c", metavar="NAME", help="A client, or `all` for those on this machine. Repeatable."),
]
User = Annotated[bool, typer.Option("--user", help="Your own file, for all projects.")]
Project = Annotated[bool, typer.Option("--project", help="The project's file, to be committed.")]
_LINKS = {"cursor": cursor.link, "vscode": vscode.link}


@app.command()
def install(
    client: Clients = None,
    user: User = False,
    project: Project = False,
    root: Root = None,
    link: Annotated[
        bool, typer.Option("--link", help="Print the link that installs by a click (Cursor, VS Code).")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    yes: Yes = False,
    force: Force = False,
) -> None:
    """Add the server to AI clients: to the project's file inside a project, else to your own.

    \b
    Examples:
      quickback mcp install -c cursor
      quickback mcp install -c claude-code --user
      quickback mcp install -c all
    """
    machine = Machine()
    names = client or ask_clients(machine)
    if link:
        return print_links(names)
    here = project_root(root) if root else project_here()
    made = servers.plan(servers.chosen(names, machine), scope(user, project), machine, here, remove=False, force=force)
    raise typer.Exit(plans.carry_out(made, dry_run=dry_run, as_json=as_json, yes=yes))


def scope(user: bool, project: bool) -> Scope | None:
    """The scope that two flags name."""
    if user and project:
        raise typer.BadParameter("choose one of --user and --project")
    return Scope.USER if user else Scope.PROJECT if project else None


def ask_clients(machine: Machine) -> list[str]:
    """Without `--client`: ask on a terminal, else an error that names the clients found here."""
    found = [one.slug for one in installed(machine)]
    if found and ask.can_ask() and (chosen := ask.several("Which clients?", found)):
        return chosen
    told = ", ".join(found) or "none that we know"
    raise QbError(f"no client was named; on this machine: {told}", "add `--client NAME`, or `--client all`")


def print_links(names: list[str]) -> None:
    """Print the install links of the clients that have one."""
    for name in names:
        if name not in _LINKS:
            raise QbError(f"`{name}` has no install link", "`--link` works for cursor and vscode")
        console.say(_LINKS[name](launch(Scope.USER)))
