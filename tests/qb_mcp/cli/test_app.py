"""The command line: what is printed where, and the exit codes."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from bench.project import write_project
from qb_mcp import __version__
from qb_mcp.cli.app import main
from qb_mcp.cli.commands import COMMANDS

TABLE = "quickback/features/group0/items0.ts"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_project(tmp_path / "project", 1)
    monkeypatch.chdir(root)
    return root


def edit(root: Path, old: str, new: str) -> None:
    source = (root / TABLE).read_text(encoding="utf-8")
    assert old in source
    (root / TABLE).write_text(source.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("arguments", [["--version"], ["-V"], ["version"]])
def test_the_version_is_printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"quickback {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["help"]])
def test_the_overview_names_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown and summary in shown for name, _, summary in COMMANDS)


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row[0])
def test_every_command_exists_and_explains_itself(
    row: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    name, module, _ = row
    assert isinstance(import_module(module).app, typer.Typer)
    assert main([*name.split(), "--help"]) == 0
    assert f"quickback {name}" in capsys.readouterr().out


def test_a_mistyped_command_is_a_usage_error_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["complie"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "error: there is no command `complie`\nhint: did you mean `quickback compile`?\n"


def test_a_mistyped_command_below_another_is_a_usage_error_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "instal"]) == 2
    assert "hint: did you mean `quickback mcp install`?\n" in capsys.readouterr().err
    assert main(["claude", "udpate"]) == 2
    assert "Did you mean 'update'?" in capsys.readouterr().err


def test_a_command_with_others_below_it_names_them_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--help"]) == 0
    assert "  mcp install " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("quickback comp", {"compile"}),
        ("quickback mcp ", {"config", "install", "status", "remove"}),
        ("quickback claude plugin up", {"update"}),
        ("quickback compile --dr", {"--dry-run"}),
        ("quickback mcp install --cl", {"--client"}),
        ("quickback check --format ", {"full", "concise", "json", "github"}),
    ],
)
def test_a_shell_is_told_what_may_come_next(
    typed: str, offered: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_QUICKBACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert main([]) == 0
    assert set(capsys.readouterr().out.split()) == offered


def test_an_unknown_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "--colour"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "No such option: --colour" in printed.err


def test_no_project_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: no Quickback project in or around")
    assert "hint: " in printed.err


def test_a_clean_check_prints_nothing_to_stdout(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "no errors, no warnings\n")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("full", "error[QB3301]: `guards` has no option `createble`"),
        ("concise", f"{TABLE}:26:5: error[QB3301]"),
        ("github", f"::error file={TABLE},line=26,"),
        ("json", '"code": "QB3301"'),
    ],
)
def test_findings_are_shown_in_the_format_that_was_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str], form: str, expected: str
) -> None:
    edit(project, "createable", "createble")
    for command in (["check"], ["compile", "--dry-run"]):
        assert main([*command, "--format", form]) == 1
        assert expected in capsys.readouterr().out


def test_a_certain_mend_is_applied_to_the_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = (project / TABLE).read_text(encoding="utf-8")
    edit(project, "createable", "createble")
    assert main(["check", "--fix"]) == 0
    assert (project / TABLE).read_text(encoding="utf-8") == original
    assert capsys.readouterr().err.startswith(f"mended 1 in {TABLE}\n")


def test_a_compile_is_the_same_when_run_twice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile"]) == 0
    assert " created" in capsys.readouterr().err
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert main(["compile"]) == 0
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_failed_compile_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project, "createable", "createble")
    before = sorted(project.rglob("*"))
    assert main(["compile"]) == 1
    assert sorted(project.rglob("*")) == before
    assert capsys.readouterr().err.endswith("nothing was written\n")


def test_a_file_that_a_person_edited_is_kept_unless_forced(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["compile"])
    generated = project / "src" / "index.ts"
    original = generated.read_text(encoding="utf-8")
    generated.write_text("// mine\n", encoding="utf-8")
    main(["compile", "--dry-run"])
    assert "would keep src/index.ts: it was edited by hand" in capsys.readouterr().err
    main(["compile"])
    assert "`src/index.ts` was edited by hand and was kept" in capsys.readouterr().out
    assert generated.read_text(encoding="utf-8") == "// mine\n"
    main(["compile", "--force"])
    assert generated.read_text(encoding="utf-8") == original


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_dry_run_shows_a_diff_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", "--dry-run"]) == 0
    assert "--- /dev/null\n+++ b/src/index.ts\n" in capsys.readouterr().out
    assert not (project / "src").exists()
    main(["compile"])
    edit(project, '"open"', '"fresh"')
    (project / "package.json").write_text((project / "package.json").read_text().rstrip("\n"), encoding="utf-8")
    before = snapshot(project)
    capsys.readouterr()
    assert main(["compile", "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "\n--- a/src/features/group0/schema.ts\n+++ b/src/features/group0/schema.ts\n@@ " in shown.out
    assert "\n\\ No newline at end of file\n" in shown.out
    assert "\nwould write: " in shown.err
    assert snapshot(project) == before


def test_a_dry_run_tells_a_program_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["diagnostics"], told["written"]) == (1, [], False)
    assert "src/index.ts" in told["changes"]["created"]
    assert "+++ b/src/index.ts\n" in told["diff"]
    edit(project, "createable", "createble")
    assert main(["compile", "--dry-run", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["diff"], told["changes"]["created"], told["diagnostics"][0]["code"]) == ("", [], "QB3301")


def test_docs_lists_reads_and_searches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs"]) == 0
    assert "compiler/definitions/firewall  " in capsys.readouterr().out
    assert main(["docs", "firewall#options"]) == 0
    assert capsys.readouterr().out.startswith("## Options")
    assert main(["docs", "search", "which", "rows", "exist"]) == 0
    assert "compiler/definitions/firewall" in capsys.readouterr().out
    assert main(["docs", "search", "hide colum"]) == 0
    assert capsys.readouterr().err == "`colum` was searched for as `column`\n"


def test_docs_tell_programs_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "--json"]) == 0
    topics = {topic["key"] for topic in json.loads(capsys.readouterr().out)}
    assert "compiler/definitions/firewall" in topics
    assert main(["docs", "firewall#options", "--json"]) == 0
    section = json.loads(capsys.readouterr().out)
    assert (section["topic"], section["section"]) == ("compiler/definitions/firewall", "options")
    assert section["text"].startswith("## Options")
    assert main(["docs", "search", "hide colum", "--json", "-n", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["corrections"] == [{"typed": "colum", "used": "column"}]
    assert len(found["hits"]) == 2 and found["hits"][0]["topic"] in topics


def test_a_topic_that_does_not_exist_is_an_error_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "kubernetes operator"]) == 1
    assert "hint: nearest topics: `" in capsys.readouterr().err


def test_explain_prints_the_page_of_a_code_by_number_and_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "QB4401"]) == 0
    by_number = capsys.readouterr().out
    assert "What it means" in by_number
    assert main(["explain", "masking-unknown-column"]) == 0
    assert capsys.readouterr().out == by_number


def test_an_unknown_code_is_an_error_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "QB44O1"]) == 1
    assert "`QB4401`" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    process = subprocess.Popen([sys.executable, "-m", "qb_mcp", "docs"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.wait() == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize(("variable", "coloured"), [("NO_COLOR", False), ("FORCE_COLOR", True)])
def test_colour_follows_the_environment(
    variable: str, coloured: bool, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, "createable", "createble")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "1")
    main(["check"])
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_the_server_starts_without_the_rest_of_the_house() -> None:
    code = "import sys, qb_mcp.cli.app, qb_mcp.server.stdio; print(*(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"typer", "rich", "mcp", "pydantic", "asyncio", "whoosh", "rapidfuzz", "qb_compiler"} & set(loaded)
