"""Every client we can configure, the best known first."""

from qb_mcp.clients.amp import AMP
from qb_mcp.clients.antigravity import ANTIGRAVITY
from qb_mcp.clients.claude_code import CLAUDE_CODE
from qb_mcp.clients.claude_desktop import CLAUDE_DESKTOP
from qb_mcp.clients.client import Client, Machine
from qb_mcp.clients.cline import CLINE
from qb_mcp.clients.codex import CODEX
from qb_mcp.clients.continue_dev import CONTINUE
from qb_mcp.clients.copilot_cli import COPILOT_CLI
from qb_mcp.clients.cursor import CURSOR
from qb_mcp.clients.devin import DEVIN
from qb_mcp.clients.fx import FX
from qb_mcp.clients.gemini import GEMINI
from qb_mcp.clients.goose import GOOSE
from qb_mcp.clients.grok import GROK
from qb_mcp.clients.jetbrains import JETBRAINS
from qb_mcp.clients.junie import JUNIE
from qb_mcp.clients.kilo import KILO
from qb_mcp.clients.kimi import KIMI
from qb_mcp.clients.kiro import KIRO
from qb_mcp.clients.mastra import MASTRA
from qb_mcp.clients.opencode import OPENCODE
from qb_mcp.clients.pi import PI
from qb_mcp.clients.vscode import VSCODE
from qb_mcp.clients.warp import WARP
from qb_mcp.clients.zed import ZED
from qb_mcp.errors import QbError

CLIENTS: tuple[Client, ...] = (
    *(CLAUDE_DESKTOP, CLAUDE_CODE, CURSOR, VSCODE, CODEX, GEMINI, COPILOT_CLI, OPENCODE, ZED, DEVIN),
    *(ANTIGRAVITY, JUNIE, JETBRAINS, CLINE, CONTINUE, GOOSE, KIRO, AMP, WARP),
    *(KILO, KIMI, PI, GROK, MASTRA, FX),
)


def client(slug: str) -> Client:
    """The client of that name, or an error that lists the names."""
    found = next((one for one in CLIENTS if slug.lower() in (one.slug, one.title.lower())), None)
    if found:
        return found
    raise QbError(f"there is no client `{slug}`", "one of: " + ", ".join(one.slug for one in CLIENTS))


def installed(machine: Machine) -> tuple[Client, ...]:
    """The clients that have left a trace on this machine."""
    return tuple(one for one in CLIENTS if one.is_here(machine))
