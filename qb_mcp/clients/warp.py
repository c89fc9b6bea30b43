"""Warp."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

WARP = Client(
    slug="warp",
    title="Warp",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".warp" / ".mcp.json",
    project=".warp/.mcp.json",
    signs=below_home(".warp"),
)
