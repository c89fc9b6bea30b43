"""The doctor starts what clients would start, and says how to mend what does not."""

import json
from pathlib import Path

import pytest

from qb_mcp.cli.app import main
from qb_mcp.clients.client import Machine
from qb_mcp.doctor import project as project_part
from qb_mcp.doctor import servers
from qb_mcp.doctor.finding import Level
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import TEMPLATES


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    for name in ("XDG_CONFIG_HOME", "CODEX_HOME", "COPILOT_HOME", "QUICKBACK_PROJECT", "CLAUDE_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_configured_servers_are_started_and_asked_for_their_tools(home: Path) -> None:
    assert main(["mcp", "install", "-c", "cursor", "-c", "codex", "-c", "opencode", "-c", "goose", "--user"]) == 0
    found = list(servers.examine(Machine(), None))
    assert {finding.about for finding in found} == {"Cursor (user)", "Codex (user)", "opencode (user)", "Goose (user)"}
    assert {finding.level for finding in found} == {Level.OK}
    assert all("tools in" in finding.said for finding in found)


def test_a_command_that_is_gone_is_a_fault_with_the_command_that_mends_it(home: Path) -> None:
    entry = {"mcpServers": {"quickback": {"command": "/gone/quickback", "args": ["mcp"]}}}
    (home / ".cursor").mkdir()
    (home / ".cursor" / "mcp.json").write_text(json.dumps(entry))
    (finding,) = servers.examine(Machine(), None)
    assert finding.level is Level.FAULT
    assert "quickback mcp install --client cursor --user --force" in finding.hint


def test_a_committed_entry_without_the_program_is_mended_on_the_path(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = create(TEMPLATES[0], str(home / "my-app")).root
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    hints = {finding.about: finding.hint for finding in servers.examine(Machine(), root)}
    assert "on the PATH" in hints["Cursor (project)"]
    assert "quickback mcp install --client cursor --user" in hints["Cursor (project)"]


def test_a_program_that_is_no_server_is_a_fault(home: Path) -> None:
    entry = {"mcpServers": {"quickback": {"command": "/bin/false", "args": ["quickback", "mcp"]}}}
    (home / ".cursor").mkdir()
    (home / ".cursor" / "mcp.json").write_text(json.dumps(entry))
    (finding,) = servers.examine(Machine(), None)
    assert finding.level is Level.FAULT


def test_a_malformed_configuration_is_a_fault_with_its_line(home: Path) -> None:
    (home / ".cursor").mkdir()
    (home / ".cursor" / "mcp.json").write_text("{\n  nope")
    (finding,) = servers.examine(Machine(), None)
    assert (finding.level, "line 2" in finding.said) == (Level.FAULT, True)


def test_broken_definitions_and_a_short_secret_are_faults(tmp_path: Path) -> None:
    root = create(TEMPLATES[0], str(tmp_path / "my-app")).root
    (root / ".dev.vars").write_text("BETTER_AUTH_SECRET=short\n")
    table = root / "quickback" / "features" / "hiring" / "jobs.ts"
    table.write_text(table.read_text().replace("firewall:", "firewal:"))
    by_about = {finding.about: finding for finding in project_part.examine(root)}
    assert by_about["definitions"].level is Level.FAULT
    assert project_part.examine_secret(root).level is Level.FAULT


def test_a_machine_with_nothing_gets_hints_and_success(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert {finding["level"] for finding in findings} <= {"ok", "note"}
    assert any("quickback mcp install" in finding["hint"] for finding in findings)
