"""Copilot CLI: wants the list of allowed tools; it shares `.mcp.json` in a project with Claude Code.

Where a project has `.github/mcp.json`, a new `.mcp.json` would make Copilot ignore it, so ours goes into the former.
"""

from qb_mcp.clients.client import Client, Launch
from qb_mcp.clients.formats import JSON
from qb_mcp.clients.json_value import Json


def _shape(launch: Launch) -> Json:
    return {"type": "local", "command": launch.command, "args": list(launch.args), "tools": ["*"]}


COPILOT_CLI = Client(
    slug="copilot-cli",
    title="Copilot CLI",
    format=JSON,
    keys=("mcpServers",),
    user=lambda machine: machine.folder("COPILOT_HOME", ".copilot") / "mcp-config.json",
    project=".github/mcp.json",
    signs=lambda machine: (machine.folder("COPILOT_HOME", ".copilot"),),
    shape=_shape,
)
