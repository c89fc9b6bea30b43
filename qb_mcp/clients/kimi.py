"""Kimi Code."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

KIMI = Client(
    slug="kimi",
    title="Kimi Code",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".kimi-code" / "mcp.json",
    project=None,
    signs=below_home(".kimi-code"),
)
