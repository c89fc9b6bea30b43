"""Mastra Code."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

MASTRA = Client(
    slug="mastra",
    title="Mastra Code",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".mastracode" / "mcp.json",
    project=None,
    signs=below_home(".mastracode"),
)
