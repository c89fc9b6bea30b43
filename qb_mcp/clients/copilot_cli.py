"""Copilot CLI: wants the list of allowed tools in the user's file; a project's `.mcp.json` it shares with Claude Code,
and where that exists it never looks at `.github/mcp.json`."""

from qb_mcp.clients.client import Client, Launch, typed
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
    project=".mcp.json",
    signs=lambda machine: (machine.folder("COPILOT_HOME", ".copilot"),),
    shape=_shape,
    project_shape=typed,
    project_choices=(".mcp.json", ".github/mcp.json"),
)
