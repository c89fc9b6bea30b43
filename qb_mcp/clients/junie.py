"""Junie, JetBrains' agent."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

JUNIE = Client(
    slug="junie",
    title="Junie (JetBrains)",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".junie" / "mcp" / "mcp.json",
    project=".junie/mcp/mcp.json",
    signs=below_home(".junie"),
)
