"""Compiles that run at the same time in one process, as a server's clients ask for them, do not disturb each other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.project import write_project
from qb_mcp.operations.compiling import Outcome, check, compile_files

AT_A_TIME = 4


def test_checks_in_threads_find_what_each_finds_alone(tmp_path: Path) -> None:
    roots = [write_project(tmp_path / f"project{n}", 12) for n in range(AT_A_TIME)]
    (roots[0] / "quickback/features/group0/broken.ts").write_text("export default {", encoding="utf-8")
    alone = [findings(check(root)) for root in roots]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for _ in range(3):
            assert [findings(outcome) for outcome in pool.map(check, roots)] == alone
    assert [bool(found) for found in alone] == [True, False, False, False]


def findings(outcome: Outcome) -> list[tuple[str, str, int]]:
    return [(finding.code, finding.file, finding.line) for finding in outcome.findings]


def test_writes_of_one_project_come_one_after_the_other(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", 4)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        outcomes = list(pool.map(lambda _: compile_files(root, write=True), range(AT_A_TIME)))
    assert all(outcome.written and not outcome.findings for outcome in outcomes)
    assert dict(compile_files(root, write=False).changes)["unchanged"]
    assert not dict(compile_files(root, write=False).changes)["updated"]
