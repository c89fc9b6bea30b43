"""Goose: extensions in a YAML file; a project's are plugins with a file of their own."""

from pathlib import Path

from qb_mcp.clients.client import SERVER, Client, Launch, Machine
from qb_mcp.clients.formats import YAML
from qb_mcp.clients.json_value import Json


def _folder(machine: Machine) -> Path:
    return machine.roaming / "Block" / "goose" / "config" if machine.windows else machine.config / "goose"


def _shape(launch: Launch) -> Json:
    return {
        "type": "stdio",
        "name": SERVER,
        "cmd": launch.command,
        "args": list(launch.args),
        "envs": {},
        "enabled": True,
        "timeout": 300,
    }


GOOSE = Client(
    slug="goose",
    title="Goose",
    format=YAML,
    keys=("extensions",),
    user=lambda machine: _folder(machine) / "config.yaml",
    project=None,
    signs=lambda machine: (_folder(machine),),
    shape=_shape,
)
