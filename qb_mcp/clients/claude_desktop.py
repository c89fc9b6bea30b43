"""Claude Desktop: plain JSON, user file only. On Windows the store package keeps its own copy of the folder."""

from pathlib import Path

from qb_mcp.clients.client import Client, Machine
from qb_mcp.clients.formats import JSON
from qb_mcp.errors import QbError

_FILE = "claude_desktop_config.json"


def _packages(machine: Machine) -> list[Path]:
    packages = machine.folder("LOCALAPPDATA", "AppData/Local") / "Packages"
    return sorted(packages.glob("Claude_*/LocalCache/Roaming/Claude")) if machine.windows else []


def _file(machine: Machine) -> Path:
    packages = _packages(machine)
    if len(packages) > 1:
        listed = ", ".join(f"`{path}`" for path in packages)
        raise QbError(f"several Claude packages are installed: {listed}", "add the entry in Claude's settings by hand")
    return (packages[0] if packages else machine.applications / "Claude") / _FILE


CLAUDE_DESKTOP = Client(
    slug="claude-desktop",
    title="Claude Desktop",
    format=JSON,
    keys=("mcpServers",),
    user=_file,
    project=None,
    signs=lambda machine: (machine.applications / "Claude", *_packages(machine)),
    after="Restart Claude Desktop.",
)
