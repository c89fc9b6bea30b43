"""The plugin folder says the same to every vendor, and holds what the installers install."""

import json
from pathlib import Path

import pytest

from qb_mcp import __version__
from qb_mcp.cli.app import main
from qb_mcp.clients.kit import ClaudeScope, claude, cursor
from qb_mcp.clients.ledger import Record, digest
from qb_mcp.clients.plugin import ledger_of, plugin
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import TEMPLATES


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


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def test_remove_is_the_inverse_of_install_and_a_second_install_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "plugin"
    assert main(["claude", "plugin", "install", str(folder)]) == 0
    installed = snapshot(tmp_path)
    assert set(plugin()) <= {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert main(["claude", "plugin", "install", str(folder)]) == 0
    assert snapshot(tmp_path) == installed
    assert main(["claude", "plugin", "status", str(folder)]) == 0
    assert main(["claude", "plugin", "remove", str(folder)]) == 0
    assert snapshot(tmp_path) == {}


def test_what_a_person_put_or_edited_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert main(["claude", "plugin", "install", str(tmp_path)]) == 1
    skill = tmp_path / "skills" / "quickback" / "SKILL.md"
    skill.write_text(skill.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert main(["claude", "plugin", "update", str(tmp_path)]) == 1
    assert main(["claude", "plugin", "remove", str(tmp_path)]) == 1
    assert skill.read_text(encoding="utf-8").endswith("more")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_files_of_an_earlier_version_are_brought_up_to_date(tmp_path: Path) -> None:
    main(["claude", "plugin", "install", str(tmp_path)])
    ledger = ledger_of(tmp_path)
    old = ledger.root / "skills" / "quickback" / "references" / "old.md"
    old.write_text("of an earlier version", encoding="utf-8")
    ledger.note(old, Record(__version__, digest("of an earlier version"), made=True))
    ledger.save()
    assert main(["claude", "plugin", "status", str(tmp_path)]) == 1
    assert main(["claude", "plugin", "update", str(tmp_path)]) == 0
    assert not old.exists()
    assert main(["claude", "plugin", "status", str(tmp_path)]) == 0


def test_there_is_nothing_to_update_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["claude", "plugin", "update", str(tmp_path)]) == 1
    assert main(["claude", "plugin", "install", str(tmp_path / "file")]) == 1
    assert main(["claude", "plugin"]) == 2


@pytest.mark.parametrize("words", [["install"], ["update"], ["remove", "--force"], ["status"]], ids=" ".join)
def test_a_project_is_no_place_for_it(tmp_path: Path, words: list[str]) -> None:
    root = create(TEMPLATES[0], str(tmp_path / "my-app")).root
    before = snapshot(root)
    assert main(["claude", "plugin", words[0], str(root), *words[1:]]) == 1
    assert snapshot(root) == before
