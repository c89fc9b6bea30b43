"""Devin Desktop, which was Windsurf: the new folder, unless only the old one is there."""

from pathlib import Path

from qb_mcp.clients.client import Client, Machine
from qb_mcp.clients.formats import JSON


def _folders(machine: Machine) -> tuple[Path, Path]:
    current = (machine.roaming if machine.windows else machine.config) / "devin"
    return current, machine.home / ".codeium" / "windsurf"


def _file(machine: Machine) -> Path:
    current, legacy = _folders(machine)
    folder = legacy if legacy.exists() and not current.exists() else current
    return folder / "mcp_config.json"


DEVIN = Client(
    slug="devin",
    title="Devin Desktop (Windsurf)",
    format=JSON,
    keys=("mcpServers",),
    user=_file,
    project=".devin/mcp_config.json",
    signs=_folders,
)
