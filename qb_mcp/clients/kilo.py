"""Kilo Code: opencode's shape in a file of its own."""

from qb_mcp.clients.client import Client, Launch
from qb_mcp.clients.formats import JSONC
from qb_mcp.clients.json_value import Json


def _shape(launch: Launch) -> Json:
    return {"type": "local", "command": [launch.command, *launch.args], "enabled": True}


KILO = Client(
    slug="kilo",
    title="Kilo Code",
    format=JSONC,
    keys=("mcp",),
    user=lambda machine: machine.config / "kilo" / "kilo.json",
    project=".kilo/kilo.json",
    signs=lambda machine: (machine.config / "kilo",),
    shape=_shape,
)
