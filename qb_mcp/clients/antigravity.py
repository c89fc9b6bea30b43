"""Antigravity: a file of its own in Gemini's folder, no project file."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

ANTIGRAVITY = Client(
    slug="antigravity",
    title="Antigravity",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".gemini" / "config" / "mcp_config.json",
    project=None,
    signs=below_home(".gemini/config", ".antigravity", ".gemini/antigravity"),
)
