"""The plugin folder says the same to every vendor, and holds what the installers install."""

import json
from pathlib import Path

import pytest

from qb_mcp import __version__
from qb_mcp.clients.kit import ClaudeScope, claude, cursor
from qb_mcp.clients.plugin import plugin, write
from qb_mcp.errors import QbError


def test_every_manifest_names_the_same_plugin_and_version() -> None:
    manifests = [json.loads(text) for path, text in plugin().items() if path.endswith("plugin.json")]
    assert len(manifests) == 4
    assert {(data["name"], data["version"]) for data in manifests} == {("quickback", __version__)}


def test_the_server_is_started_by_the_plain_command() -> None:
    for path in ("mcp.json", ".mcp.json"):
        server = json.loads(plugin()[path])["mcpServers"]["quickback"]
        assert server == {"type": "stdio", "command": "quickback", "args": ["mcp"]}


def test_it_holds_the_texts_that_the_installers_install() -> None:
    texts = set(plugin().values())
    assert set(claude(ClaudeScope.PROJECT).files.values()) <= texts
    assert set(cursor().files.values()) <= texts


def test_it_is_written_into_a_new_folder_only(tmp_path: Path) -> None:
    written = write(tmp_path / "plugin")
    assert {"plugin.json", ".claude-plugin/marketplace.json", "skills/quickback/SKILL.md"} <= set(written)
    with pytest.raises(QbError, match="not an empty folder"):
        write(tmp_path / "plugin")
