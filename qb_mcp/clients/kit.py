"""What we give to AI clients besides the server: skill, agent, rule and block, as payloads for one place each."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from qb_mcp import assets
from qb_mcp.clients.block import Block
from qb_mcp.clients.payload import Payload

SKILL = "quickback"
AGENT = "quickback-specialist"
RULE = ".cursor/rules/quickback.mdc"


class ClaudeScope(StrEnum):
    """`global`: `~/.claude`; `local`: `quickback/.claude` of a project; `project`: `.claude` of a project."""

    GLOBAL = "global"
    LOCAL = "local"
    PROJECT = "project"

    @property
    def folder(self) -> str:
        """Claude's folder below the root of the place."""
        return "quickback/.claude" if self is ClaudeScope.LOCAL else ".claude"


def claude(scope: ClaudeScope) -> Payload:
    """The skill with its references, and the agent."""
    skill = f"{scope.folder}/skills/{SKILL}"
    texts = {f"{skill}/{path}": text for path, text in _tree(assets.skills() / SKILL).items()}
    agent = (assets.skills() / "agents" / f"{AGENT}.md").read_text(encoding="utf-8")
    return Payload("claude", {**texts, f"{scope.folder}/agents/{AGENT}.md": agent}, homes=(skill,))


def cursor() -> Payload:
    """The rule that Cursor attaches to definition files."""
    text = (assets.cursor_rules() / "quickback.mdc").read_text(encoding="utf-8")
    return Payload("cursor", {RULE: text})


def block(path: str) -> Block:
    """The always-loaded lines for `AGENTS.md` or `CLAUDE.md`."""
    return Block(path, (assets.skills() / "block.md").read_text(encoding="utf-8"))


def _tree(folder: Path) -> Mapping[str, str]:
    found = sorted(path for path in folder.rglob("*.md") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}
