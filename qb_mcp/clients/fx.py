"""fx: opencode's key and shape."""

from qb_mcp.clients.client import Client, Launch, below_home
from qb_mcp.clients.formats import JSON
from qb_mcp.clients.json_value import Json


def _shape(launch: Launch) -> Json:
    return {"type": "local", "command": [launch.command, *launch.args], "enabled": True}


FX = Client(
    slug="fx",
    title="fx",
    format=JSON,
    keys=("mcp",),
    user=lambda machine: machine.home / ".fx" / "mcp.json",
    project=None,
    signs=below_home(".fx"),
    shape=_shape,
)
