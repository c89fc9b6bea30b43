"""Cursor: the same shape for both scopes, and a link that installs by a click."""

import base64
from urllib.parse import quote

from qb_mcp.clients.client import SERVER, Client, Launch, below_home, plain
from qb_mcp.clients.formats import JSONC
from qb_mcp.clients.json_value import compact

CURSOR = Client(
    slug="cursor",
    title="Cursor",
    format=JSONC,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".cursor" / "mcp.json",
    project=".cursor/mcp.json",
    signs=below_home(".cursor"),
    after="Enable the server under Settings > MCP if Cursor does not do so by itself.",
)


def link(launch: Launch) -> str:
    """The link that opens Cursor with our entry filled in."""
    config = base64.b64encode(compact(plain(launch)).encode()).decode()
    return f"cursor://anysphere.cursor-deeplink/mcp/install?name={SERVER}&config={quote(config, safe='')}"
