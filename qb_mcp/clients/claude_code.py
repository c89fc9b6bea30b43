"""Claude Code: plain JSON (it reports comments as malformed), `.mcp.json` in the project, one large file per user."""

from qb_mcp.clients.client import Client, below_home, typed
from qb_mcp.clients.formats import JSON

CLAUDE_CODE = Client(
    slug="claude-code",
    title="Claude Code",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.home / ".claude.json",
    project=".mcp.json",
    signs=below_home(".claude", ".claude.json"),
    shape=typed,
    after="Restart Claude Code and approve the server when it asks.",
)
