"""VS Code (Copilot): its own key `servers`, JSON with comments, and a link that installs by a click."""

from urllib.parse import quote

from qb_mcp.clients.client import SERVER, Client, Launch, typed
from qb_mcp.clients.formats import JSONC
from qb_mcp.clients.json_value import compact

VSCODE = Client(
    slug="vscode",
    title="VS Code",
    format=JSONC,
    keys=("servers",),
    user=lambda machine: machine.applications / "Code" / "User" / "mcp.json",
    project=".vscode/mcp.json",
    signs=lambda machine: (machine.applications / "Code", machine.home / ".vscode"),
    shape=typed,
    after="Open the file in VS Code and press Start above the server.",
)


def link(launch: Launch) -> str:
    """The link that opens VS Code with our entry filled in."""
    entry = {"name": SERVER, "type": "stdio", "command": launch.command, "args": list(launch.args)}
    return "vscode:mcp/install?" + quote(compact(entry), safe="")
