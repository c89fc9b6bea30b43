"""The installers as a person types them: exit codes, dry runs, JSON, and no byte left behind."""

import json
from pathlib import Path

import pytest

from qb_mcp.cli.app import main


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project and a home of the test's own; the working directory is the project."""
    home, root = tmp_path / "home", tmp_path / "project"
    (root / "quickback").mkdir(parents=True)
    (root / "quickback" / "quickback.config.ts").write_text("export default {}\n")
    (home / ".cursor").mkdir(parents=True)
    for name in (
        "XDG_CONFIG_HOME",
        "CODEX_HOME",
        "COPILOT_HOME",
        "CLINE_DIR",
        "QUICKBACK_PROJECT",
        "CLAUDE_PROJECT_DIR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(root)
    return root


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


INSTALLERS = [
    ["claude", "install", "--global"],
    ["claude", "install", "--local"],
    ["claude", "install", "--project", "--agents-md"],
    ["cursor", "install"],
    ["mcp", "install", "--client", "cursor"],
    ["mcp", "install", "--client", "all", "--user"],
    ["mcp", "install", "-c", "claude-code", "-c", "copilot-cli", "-c", "vscode"],
]


@pytest.mark.parametrize("words", INSTALLERS, ids=" ".join)
def test_each_installer_is_idempotent_and_undone_by_remove(project: Path, words: list[str]) -> None:
    before = snapshot(project.parent)
    assert main([*words, "--dry-run"]) == 0
    assert snapshot(project.parent) == before
    assert main(words) == 0
    installed = snapshot(project.parent)
    assert installed != before
    assert main(words) == 0
    assert snapshot(project.parent) == installed
    undo = [word if word != "install" else "remove" for word in words if word != "--agents-md"]
    assert main(undo) == 0
    assert snapshot(project.parent) == before


def test_status_says_missing_then_current_then_modified(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cursor", "status"]) == 1
    assert "missing" in capsys.readouterr().out
    main(["cursor", "install"])
    assert main(["cursor", "status"]) == 0
    rule = project / ".cursor" / "rules" / "quickback.mdc"
    rule.write_text(rule.read_text() + "ours\n")
    capsys.readouterr()
    assert main(["cursor", "status", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["status"] == "modified"
    assert main(["cursor", "update"]) == 1
    assert rule.read_text().endswith("ours\n")
    assert main(["cursor", "update", "--force"]) == 0
    assert not rule.read_text().endswith("ours\n")


def test_a_personal_skill_shadows_the_projects(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["claude", "install", "--project"])
    main(["claude", "install", "--global"])
    capsys.readouterr()
    assert main(["claude", "status", "--json"]) == 0
    assert [row["status"] for row in json.loads(capsys.readouterr().out)] == ["current", "missing", "shadowed"]


def test_the_local_place_is_told_to_load_late(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["claude", "install", "--local"])
    assert "only once it reads a file under quickback/" in capsys.readouterr().err
    assert (project / "quickback" / ".claude" / "skills" / "quickback" / "SKILL.md").exists()


def test_a_committed_file_says_quickback_and_a_persons_own_an_absolute_path(project: Path) -> None:
    main(["mcp", "install", "-c", "cursor", "--project"])
    main(["mcp", "install", "-c", "cursor", "--user"])
    committed = json.loads((project / ".cursor" / "mcp.json").read_text())["mcpServers"]["quickback"]
    own = json.loads((Path.home() / ".cursor" / "mcp.json").read_text())["mcpServers"]["quickback"]
    assert committed == {"command": "quickback", "args": ["mcp"]}
    assert Path(own["command"]).is_absolute()


def test_a_malformed_file_is_refused_with_a_snippet_while_others_are_served(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / ".vscode").mkdir()
    (project / ".vscode" / "mcp.json").write_text("{ servers: }")
    assert main(["mcp", "install", "-c", "vscode", "-c", "cursor"]) == 1
    said = capsys.readouterr().err
    assert "line 1" in said and '"servers"' in said
    assert (project / ".vscode" / "mcp.json").read_text() == "{ servers: }"
    assert (project / ".cursor" / "mcp.json").exists()


def test_a_new_mcp_json_would_hide_copilots_servers(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".github").mkdir()
    (project / ".github" / "mcp.json").write_text('{"mcpServers": {"other": {}}}')
    assert main(["mcp", "install", "-c", "claude-code"]) == 1
    assert ".github/mcp.json" in capsys.readouterr().err
    assert not (project / ".mcp.json").exists()
    assert main(["mcp", "install", "-c", "copilot-cli"]) == 0
    assert "other" in (project / ".github" / "mcp.json").read_text()


def test_config_prints_each_clients_own_shape(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "config", "--json"]) == 0
    blocks = {block["client"]: block for block in json.loads(capsys.readouterr().out)}
    assert set(blocks) == {"Claude Desktop", "Claude Code", "Cursor", "VS Code"}
    assert set(json.loads(blocks["VS Code"]["text"])) == {"servers"}
    assert set(json.loads(blocks["Cursor"]["text"])) == {"mcpServers"}
    assert main(["mcp", "config", "-c", "codex"]) == 0
    assert "[mcp_servers.quickback]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["mcp", "install"], 1),
        (["mcp", "install", "-c", "emacs"], 1),
        (["mcp", "install", "-c", "cursor", "--user", "--project"], 2),
        (["claude", "install", "--global", "--local"], 2),
        (["claude", "install", "--agents-md"], 1),
        (["claude", "update", "--global"], 1),
        (["cursor", "install", "--root", "nowhere"], 1),
        (["claude"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_command_line_that_makes_no_sense_says_so(
    project: Path, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(project.parent)
    assert main(words) == code
    said = capsys.readouterr()
    assert said.err or said.out
    assert "Traceback" not in said.err
    assert snapshot(project.parent) == before


def test_outside_a_project_the_error_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert main(["cursor", "install"]) == 1
    assert "--root" in capsys.readouterr().err
    assert main(["cursor", "install", "--root", "."]) == 0
    assert (tmp_path / ".cursor" / "rules" / "quickback.mdc").exists()
