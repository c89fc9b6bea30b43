"""Grok CLI: Codex's TOML."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import TOML

GROK = Client(
    slug="grok",
    title="Grok CLI",
    format=TOML,
    keys=("mcp_servers",),
    user=lambda machine: machine.home / ".grok" / "config.toml",
    project=None,
    signs=below_home(".grok"),
)
