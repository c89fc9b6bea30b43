"""Codex (CLI, editor extension, app): a TOML table."""

from qb_mcp.clients.client import Client
from qb_mcp.clients.formats import TOML

CODEX = Client(
    slug="codex",
    title="Codex",
    format=TOML,
    keys=("mcp_servers",),
    user=lambda machine: machine.folder("CODEX_HOME", ".codex") / "config.toml",
    project=".codex/config.toml",
    signs=lambda machine: (machine.folder("CODEX_HOME", ".codex"),),
    after="A project's file counts only once Codex trusts the project.",
)
