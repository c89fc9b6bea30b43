"""JetBrains AI Assistant: user servers are set in its dialogs only."""

from qb_mcp.clients.client import Client, below_home
from qb_mcp.clients.formats import JSON

JETBRAINS = Client(
    slug="jetbrains",
    title="JetBrains AI Assistant",
    format=JSON,
    keys=("mcpServers",),
    user=None,
    project=".ai/mcp/mcp.json",
    signs=below_home(".config/JetBrains", "Library/Application Support/JetBrains", "AppData/Roaming/JetBrains"),
    after="For all projects: Settings > Tools > AI Assistant > MCP, and paste `quickback mcp config`.",
)
