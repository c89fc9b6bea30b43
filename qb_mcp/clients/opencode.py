"""opencode: the command is one list; the file may be spelled `.json` or `.jsonc`."""

from pathlib import Path

from qb_mcp.clients.client import Client, Launch, Machine, first_existing
from qb_mcp.clients.formats import JSONC
from qb_mcp.clients.json_value import Json


def _file(machine: Machine) -> Path:
    folder = machine.config / "opencode"
    return first_existing(folder / "opencode.jsonc", folder / "opencode.json")


def _shape(launch: Launch) -> Json:
    return {"type": "local", "command": [launch.command, *launch.args], "enabled": True}


OPENCODE = Client(
    slug="opencode",
    title="opencode",
    format=JSONC,
    keys=("mcp",),
    user=_file,
    project="opencode.json",
    project_choices=("opencode.jsonc",),
    signs=lambda machine: (machine.config / "opencode",),
    shape=_shape,
)
