"""Amp: a setting whose key has a dot in it."""

from pathlib import Path

from qb_mcp.clients.client import Client, Machine, first_existing
from qb_mcp.clients.formats import JSONC


def _file(machine: Machine) -> Path:
    folder = machine.config / "amp"
    return first_existing(folder / "settings.jsonc", folder / "settings.json")


AMP = Client(
    slug="amp",
    title="Amp",
    format=JSONC,
    keys=("amp.mcpServers",),
    user=_file,
    project=".amp/settings.json",
    project_choices=(".amp/settings.jsonc",),
    signs=lambda machine: (machine.config / "amp",),
)
