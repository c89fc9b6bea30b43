"""Kiro."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

KIRO = Client(
    slug="kiro",
    title="Kiro",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".kiro" / "settings" / "mcp.json",
    project=".kiro/settings/mcp.json",
    signs=below_home(".kiro"),
)
