"""Pi."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

PI = Client(
    slug="pi",
    title="Pi",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".pi" / "agent" / "mcp.json",
    project=None,
    signs=below_home(".pi"),
)
