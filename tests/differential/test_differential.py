"""Generated projects, compiled and booted, answer every request as the reference model does."""

from pathlib import Path

import pytest

from differential.cases import FOLDER, Case, load, renumbered
from differential.judging import Judged, draw, judged
from differential.running import running
from differential.settings import SETTINGS
from lanes.lane import NodeLane, WorkerdLane

GROUPS_A_BOOT = 7
REQUESTS = 49
SEED = 20260101


@pytest.mark.parametrize("boot", range(len(SETTINGS)))
def test_compiled_projects_answer_as_the_model_does(boot: int) -> None:
    numbers = range(boot * GROUPS_A_BOOT, (boot + 1) * GROUPS_A_BOOT)
    found = judged([draw(number, SETTINGS[boot], REQUESTS, SEED + number) for number in numbers], NodeLane)
    _expect_no_differences(found)
    assert found.groups == GROUPS_A_BOOT and found.requests > 0.98 * GROUPS_A_BOOT * REQUESTS


def test_workerd_answers_as_the_model_does() -> None:
    drawn = [draw(number, SETTINGS[0], 10, SEED + number) for number in range(GROUPS_A_BOOT)]
    _expect_no_differences(judged(drawn, WorkerdLane))


def _expect_no_differences(found: Judged) -> None:
    wrong = [*found.left_out, *(str(mismatch) for mismatch in found.mismatches)]
    assert not wrong, f"{len(wrong)} answers differ\n" + "\n\n".join(wrong[:10])


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
        project = case.project
        config = (project.hierarchy, project.client_ids, project.organizations, project.teams)
        alike.setdefault(config, []).append(case)
    return list(alike.values())
