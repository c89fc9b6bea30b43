"""The stages of a run, seen from outside."""

import gc
from pathlib import Path

import pytest

from compiler.samples import TABLE_FILE, surrounded
from compiler.spec_runner import write_project
from qb_compiler import check_project, compile_project
from qb_compiler.blocks import definitions
from qb_compiler.diagnostics.diagnostic import Level

BROKEN = '  firewall: { organization: {} },\n  masking: { titel: { type: "name" } },\n'


class Cancelled(Exception):
    """What a caller raises to abandon a run."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path, surrounded([]))
    return tmp_path


def texts(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_progress_names_every_stage_once_and_in_order(project: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    check_project(project, progress=lambda stage, step, steps: seen.append((stage, step, steps)))
    assert seen == [("read", 1, 4), ("evaluate", 2, 4), ("definitions", 3, 4), ("checks", 4, 4)]


def test_a_stage_that_finds_an_error_is_the_last_one(tmp_path: Path) -> None:
    write_project(tmp_path, surrounded([("options", BROKEN)]))
    seen: list[str] = []
    result = check_project(tmp_path, progress=lambda stage, step, steps: seen.append(stage))
    assert (seen[-1], result.ok, result.project) == ("definitions", False, None)


def test_every_error_of_a_stage_is_found_in_one_run(tmp_path: Path) -> None:
    options = BROKEN + '  displayColumn: "nmae",\n  crud: { list: { access: { roles: [] } } },\n'
    write_project(tmp_path, surrounded([("options", options)]))
    assert [d.code for d in check_project(tmp_path).diagnostics] == ["QB4401", "QB4911", "QB3210"]


def test_progress_can_abandon_a_run_before_anything_is_written(project: Path) -> None:
    before = texts(project)

    def cancel(stage: str, step: int, steps: int) -> None:
        if stage == "write":
            raise Cancelled

    with pytest.raises(Cancelled):
        compile_project(project, progress=cancel)
    assert texts(project) == before
    assert gc.isenabled()


def test_a_failed_compile_writes_nothing(tmp_path: Path) -> None:
    write_project(tmp_path, surrounded([("options", BROKEN)]))
    before = texts(tmp_path)
    result = compile_project(tmp_path)
    assert not result.ok and not result.written and not result.files
    assert texts(tmp_path) == before


def test_a_dry_run_says_what_it_would_write(project: Path) -> None:
    before = texts(project)
    result = compile_project(project, write=False)
    assert result.ok and not result.written and set(result.plan.created) == set(result.files)
    assert texts(project) == before


def test_a_second_compile_changes_nothing(project: Path) -> None:
    assert compile_project(project).written
    before = texts(project)
    again = compile_project(project)
    assert again.written and not again.plan.changes
    assert texts(project) == before


def test_an_unsaved_text_takes_the_place_of_the_file(project: Path) -> None:
    saved = (project / TABLE_FILE).read_text(encoding="utf-8")
    unsaved = saved.replace("organization: {}", "organisation: {}")
    assert check_project(project).ok
    assert [d.code for d in check_project(project, overlay={TABLE_FILE: unsaved}).diagnostics] == ["QB3101"]


def test_the_project_is_found_from_a_folder_inside_it(project: Path) -> None:
    assert check_project(project / "quickback" / "features").root == project


def test_no_project_is_an_answer_and_no_exception(tmp_path: Path) -> None:
    result = check_project(tmp_path)
    assert [(d.code, d.level) for d in result.diagnostics] == [("QB1001", Level.ERROR)]


def test_a_fault_of_the_compiler_asks_for_a_report(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*arguments: object) -> None:
        raise KeyError("columns")

    monkeypatch.setattr(definitions, "read_tables", failing)
    [found] = check_project(project).diagnostics
    assert (found.code, found.primary) == ("QB9001", None)
    assert "Traceback" not in found.message and "definitions" in found.message


def test_the_place_of_a_fault_is_shown_on_request(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*arguments: object) -> None:
        raise KeyError("columns")

    monkeypatch.setattr(definitions, "read_tables", failing)
    monkeypatch.setenv("QUICKBACK_TRACEBACK", "1")
    with pytest.raises(KeyError):
        check_project(project)
