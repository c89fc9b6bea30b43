"""`quickback mcp status`: where our server is configured, and how each entry stands."""

import typer

from qb_mcp.cli import console, plans
from qb_mcp.cli.mcp_install import Clients
from qb_mcp.cli.options import AsJson, Root, project_here, project_root
from qb_mcp.clients import servers
from qb_mcp.clients.catalogue import CLIENTS, installed
from qb_mcp.clients.client import Machine
from qb_mcp.clients.status import Found, Status

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def status(client: Clients = None, root: Root = None, as_json: AsJson = False) -> None:
    """Say for each client whether our entry is missing, current, outdated, modified, shadowed or foreign.

    Without `--client`: the clients on this machine, and every file that holds an entry.
    """
    machine = Machine()
    here = project_root(root) if root else project_here()
    if client:
        found = servers.stand(machine, here, servers.chosen(client, machine))
        raise typer.Exit(plans.show_found(found, as_json=as_json))
    found = _worth_showing(servers.stand(machine, here, CLIENTS), servers.stand(machine, here, installed(machine)))
    if not found and not as_json:
        console.note("No AI client was found here. `quickback mcp config` prints what any of them needs.")
    plans.show_found(found, as_json=as_json)
    bad = (Status.OUTDATED, Status.MODIFIED, Status.FOREIGN, Status.UNREADABLE)
    raise typer.Exit(1 if any(one.status in bad for one in found) else 0)


def _worth_showing(everywhere: tuple[Found, ...], here: tuple[Found, ...]) -> tuple[Found, ...]:
    return tuple(one for one in everywhere if one in here or one.status is not Status.MISSING)
