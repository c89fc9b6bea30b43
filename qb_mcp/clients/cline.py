"""Cline: one file that its editor extension and its CLI share; older extensions keep theirs inside VS Code."""

from pathlib import Path

from qb_mcp.clients.client import Client, Launch, Machine
from qb_mcp.clients.formats import JSON
from qb_mcp.clients.json_value import Json

_FILE = "cline_mcp_settings.json"


def _extension(machine: Machine) -> Path:
    storage = machine.applications / "Code" / "User" / "globalStorage"
    return storage / "saoudrizwan.claude-dev" / "settings" / _FILE


def _file(machine: Machine) -> Path:
    named = machine.environment.get("CLINE_MCP_SETTINGS_PATH")
    if named:
        return Path(named)
    shared = machine.folder("CLINE_DIR", ".cline") / "data" / "settings" / _FILE
    legacy = _extension(machine)
    return legacy if legacy.exists() and not shared.exists() else shared


def _shape(launch: Launch) -> Json:
    return {"command": launch.command, "args": list(launch.args), "disabled": False}


CLINE = Client(
    slug="cline",
    title="Cline",
    format=JSON,
    keys=("mcpServers",),
    user=_file,
    project=None,
    signs=lambda machine: (machine.folder("CLINE_DIR", ".cline"), _extension(machine).parent.parent),
    shape=_shape,
)
