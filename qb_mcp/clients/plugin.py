"""One folder that Claude Code, Cursor, Codex, VS Code and others install as a plugin: skill, agent, rule and server.

The vendor-neutral manifest and each vendor's own stand side by side and say the same.
"""

from collections.abc import Mapping
from pathlib import Path

from qb_mcp import __version__
from qb_mcp.clients.client import SERVER, Scope, typed
from qb_mcp.clients.json_value import Json, pretty
from qb_mcp.clients.kit import AGENT, SKILL, ClaudeScope, claude, cursor
from qb_mcp.clients.launch import launch
from qb_mcp.clients.ledger import FILE, FOLDER, Ledger, open_ledger
from qb_mcp.clients.payload import Payload
from qb_mcp.errors import QbError

_SCHEMAS = "https://agent-plugins.org/schemas/1.0.0"
_ABOUT = "Quickback: a backend compiler for multi-tenant APIs. Skill, specialist agent and MCP server."
_OWNER = "Quickback"
_README = f"""# Quickback plugin

{_ABOUT}

The server is started as `quickback mcp`: install the `quickback` package and have it on PATH.
The skill is `/quickback:quickback`, the agent `{AGENT}`. Written and updated by `quickback claude plugin`.
"""


def plugin() -> Mapping[str, str]:
    """Every file of the plugin, by path."""
    manifest: dict[str, Json] = {"name": SERVER, "version": __version__, "description": _ABOUT}
    manifest |= {"author": {"name": _OWNER}, "license": "MIT"}
    servers: dict[str, Json] = {"mcpServers": {SERVER: typed(launch(Scope.PROJECT))}}
    marketplace: Json = {
        "name": SERVER,
        "description": _ABOUT,
        "owner": {"name": _OWNER},
        "plugins": [{"name": SERVER, "source": "./"}],
    }
    documents: dict[str, Json] = {
        "plugin.json": {"$schema": f"{_SCHEMAS}/plugin.schema.json", **manifest},
        "mcp.json": {"$schema": f"{_SCHEMAS}/mcp.schema.json", **servers},
        ".mcp.json": servers,
        ".claude-plugin/plugin.json": manifest,
        ".claude-plugin/marketplace.json": marketplace,
        ".cursor-plugin/plugin.json": manifest,
        ".codex-plugin/plugin.json": manifest,
    }
    return {**{path: pretty(document) + "\n" for path, document in documents.items()}, **_texts()}


def _texts() -> Mapping[str, str]:
    """Skill, agent and rule, in the folders of a plugin."""
    kit = claude(ClaudeScope.PROJECT).files
    skill = {path.removeprefix(".claude/"): text for path, text in kit.items()}
    assert f"skills/{SKILL}/SKILL.md" in skill and f"agents/{AGENT}.md" in skill
    (rule,) = cursor().files.values()
    return {**skill, "rules/quickback.mdc": rule, "README.md": _README}


def payload() -> Payload:
    """The plugin for the installers: the folder that holds it is its root, and holds nothing else of ours."""
    return Payload("plugin", plugin(), homes=("",))


def ledger_of(root: Path) -> Ledger:
    """The plugin's own ledger; a project's folder would take some of its files for those of the plugin."""
    if (root / "quickback").is_dir() or (root / FOLDER / FILE).exists():
        raise QbError(f"`{root}` holds more than a plugin", "name a folder of its own, such as `./quickback-plugin`")
    return open_ledger(root, "plugin.json")


def folders_made(ledger: Ledger) -> int:
    """How many folders the installation made, from the plugin's own upwards; they go when nothing is left in them."""
    return max((record.folders - key.count("/") for key, record in ledger.records.items()), default=0)
