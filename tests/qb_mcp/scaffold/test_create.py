"""A new project appears whole or not at all, and never over something that is there."""

import os
from pathlib import Path

import pytest

from qb_mcp.clients import payload
from qb_mcp.clients.kit import ClaudeScope, claude, cursor
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.status import Status
from qb_mcp.errors import QbError
from qb_mcp.scaffold.create import create, init
from qb_mcp.scaffold.names import check_name, suggestion
from qb_mcp.scaffold.template import TEMPLATES, render, template

EVERY_TEMPLATE = pytest.mark.parametrize("slug", [one.slug for one in TEMPLATES])


@EVERY_TEMPLATE
def test_a_project_holds_its_template_and_what_assistants_need(tmp_path: Path, slug: str) -> None:
    created = create(template(slug), str(tmp_path / "my-app"))
    assert created.root == tmp_path / "my-app"
    on_disk = {path.relative_to(created.root).as_posix() for path in created.root.rglob("*") if path.is_file()}
    assert on_disk == set(created.files)
    assert on_disk >= {
        *render(template(slug), "my-app"),
        ".mcp.json",
        ".cursor/mcp.json",
        ".vscode/mcp.json",
        "AGENTS.md",
    }
    assert 'name: "my-app"' in (created.root / "quickback" / "quickback.config.ts").read_text()
    ledger = open_ledger(created.root)
    for kit in (claude(ClaudeScope.PROJECT), cursor()):
        assert payload.overall(payload.stand(kit, ledger)) is Status.CURRENT


@EVERY_TEMPLATE
def test_committed_files_name_no_machine(tmp_path: Path, slug: str) -> None:
    created = create(template(slug), str(tmp_path / "my-app"))
    for path in created.files:
        text = (created.root / path).read_text()
        assert str(tmp_path) not in text, path
        assert str(Path.home()) not in text, path
        assert "uvx" not in text, path
    assert '"command": "quickback"' in (created.root / ".mcp.json").read_text()


@pytest.mark.parametrize("name", ["My-App", "a_b", "-a", "a-", "a--b", "1a", "", "con", "x" * 60, "ä"])
def test_a_name_that_cannot_be_one_is_refused_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(QbError):
        check_name(name)
    if name:
        with pytest.raises(QbError):
            create(TEMPLATES[0], str(tmp_path / name))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "near"), [("My App", "my-app"), ("shopAPI", "shop-api"), ("a_b", "a-b"), ("9x", "x"), ("é", "")]
)
def test_a_refused_name_suggests_one_that_would_do(name: str, near: str) -> None:
    assert suggestion(name) == near


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my-app").mkdir()
    (tmp_path / "my-app" / "notes").write_text("mine")
    with pytest.raises(QbError, match="not empty"):
        create(TEMPLATES[0], str(tmp_path / "my-app"))
    assert [path.name for path in tmp_path.iterdir()] == ["my-app"]
    assert [path.name for path in (tmp_path / "my-app").iterdir()] == ["notes"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "my-app").mkdir()
    assert create(TEMPLATES[0], str(tmp_path / "my-app")).files


def test_a_file_a_link_and_a_missing_parent_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path)
    for place, words in (("file", "not a folder"), ("link", "not a folder"), ("no/where", "does not exist")):
        with pytest.raises(QbError, match=words):
            create(TEMPLATES[0], str(tmp_path / place))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


def test_an_unknown_template_is_answered_with_those_that_exist() -> None:
    with pytest.raises(QbError) as raised:
        template("bun")
    assert "b2b-saas" in raised.value.hint


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(QbError, match="No space"):
        create(TEMPLATES[0], str(tmp_path / "my-app"))
    assert not list(tmp_path.iterdir())


def test_init_adds_a_project_and_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine\n")
    (tmp_path / ".mcp.json").write_text('{"mcpServers": {"other": {"command": "a"}}}')
    made = init(TEMPLATES[0], tmp_path, "my-app")
    assert (tmp_path / "README.md").read_text() == "mine\n"
    assert made.kept == ("README.md",)
    assert '"other": {"command": "a"}' in (tmp_path / ".mcp.json").read_text()
    with pytest.raises(QbError, match="already holds"):
        init(TEMPLATES[0], tmp_path, "my-app")
