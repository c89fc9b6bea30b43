"""Gemini CLI: servers live in its settings file."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSONC

GEMINI = Client(
    slug="gemini",
    title="Gemini CLI",
    format=JSONC,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".gemini" / "settings.json",
    project=".gemini/settings.json",
    signs=below_home(".gemini/settings.json", ".gemini/tmp"),
)
