"""Zed: servers live in the settings file, under `context_servers`; XDG's folder on macOS too."""

from pathlib import Path

from qb_mcp.clients.client import Client, Launch, Machine
from qb_mcp.clients.formats import JSONC
from qb_mcp.clients.json_value import Json


def _folder(machine: Machine) -> Path:
    return machine.roaming / "Zed" if machine.windows else machine.config / "zed"


def _shape(launch: Launch) -> Json:
    return {"source": "custom", "command": launch.command, "args": list(launch.args)}


ZED = Client(
    slug="zed",
    title="Zed",
    format=JSONC,
    keys=("context_servers",),
    user=lambda machine: _folder(machine) / "settings.json",
    project=".zed/settings.json",
    signs=lambda machine: (_folder(machine),),
    shape=_shape,
)
