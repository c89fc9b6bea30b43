"""Generated projects, compiled and booted, answer every request as the reference model does."""

from pathlib import Path

import pytest

from differential.cases import FOLDER, Case, load, renumbered
from differential.definitions import Setting
from differential.draw import draw_group, draw_requests
from differential.running import running
from lanes.lane import Lane, NodeLane, WorkerdLane

SETTINGS = (Setting(), Setting(hierarchy=True), Setting(), Setting(client_ids=True), Setting(organizations=False))
GROUPS_A_BOOT = 8
SEED = 20260101


def _mismatches(folder: Path, boot: int, requests: int, kind: type[Lane]) -> list[str]:
    numbers = range(boot * GROUPS_A_BOOT, (boot + 1) * GROUPS_A_BOOT)
    drawn = [draw_group(number, SETTINGS[boot], SEED + number) for number in numbers]
    found = []
    with running(folder, [group for group, _ in drawn], kind) as app:
        for number, (group, rows) in zip(numbers, drawn, strict=True):
            real = app.load(group, rows)
            for request in draw_requests(group, rows, requests, SEED + number):
                if mismatch := app.judge(group, real, request):
                    found.append(str(mismatch))
    return found


@pytest.mark.parametrize("boot", range(len(SETTINGS)))
def test_compiled_projects_answer_as_the_model_does(tmp_path: Path, boot: int) -> None:
    found = _mismatches(tmp_path, boot, 50, NodeLane)
    assert not found, f"{len(found)} answers differ\n" + "\n\n".join(found[:10])


def test_workerd_answers_as_the_model_does(tmp_path: Path) -> None:
    found = _mismatches(tmp_path, 0, 10, WorkerdLane)
    assert not found, f"{len(found)} answers differ\n" + "\n\n".join(found[:10])


def test_what_once_failed_is_answered_as_the_model_does(tmp_path: Path) -> None:
    cases = [renumbered(load(path), number) for number, path in enumerate(sorted(FOLDER.glob("*.json")))]
    for number, alike in enumerate(_by_config(cases)):
        with running(tmp_path / str(number), [case.project for case in alike]) as app:
            found = [app.judge(case.project, app.load(case.project, case.rows), case.request) for case in alike]
            wrong = [f"{case.why}\n{bad}" for case, bad in zip(alike, found, strict=True) if bad]
            assert not wrong, "\n\n".join(wrong)


def _by_config(cases: list[Case]) -> list[list[Case]]:
    alike: dict[object, list[Case]] = {}
    for case in cases:
        alike.setdefault((case.project.hierarchy, case.project.client_ids), []).append(case)
    return list(alike.values())
