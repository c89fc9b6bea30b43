"""Continue: a folder with one file per server, so nothing has to be merged."""

from qb_mcp.clients.client import Client, below_home, typed
from qb_mcp.clients.formats import JSON

CONTINUE = Client(
    slug="continue",
    title="Continue",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".continue" / "mcpServers" / "quickback.json",
    project=".continue/mcpServers/quickback.json",
    signs=below_home(".continue"),
    shape=typed,
)
