"""`quickback mcp remove`: takes our server out of the configuration of AI clients."""

import typer

from qb_mcp.cli import plans
from qb_mcp.cli.mcp_install import Clients, Project, User, ask_clients, scope
from qb_mcp.cli.options import AsJson, DryRun, Force, Root, Yes, project_here, project_root
from qb_mcp.clients import servers
from qb_mcp.clients.client import Machine

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def remove(
    client: Clients = None,
    user: User = False,
    project: Project = False,
    root: Root = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    yes: Yes = False,
    force: Force = False,
) -> None:
    """Take the server out again; each file becomes what it was before.

    \b
    Examples:
      quickback mcp remove -c cursor
    """
    machine = Machine()
    here = project_root(root) if root else project_here()
    clients = servers.chosen(client or ask_clients(machine), machine)
    made = servers.plan(clients, scope(user, project), machine, here, remove=True, force=force)
    raise typer.Exit(plans.carry_out(made, dry_run=dry_run, as_json=as_json, yes=yes, paste=False))
