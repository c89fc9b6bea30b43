"""The access matrix says what the model answers: every subject, operation and column, over rows of every condition."""

import pytest

from differential.difference_judge import changed
from differential.difference_judge import problems as contradictions
from differential.draw import draw_group
from differential.matrix_judge import problems
from differential.settings import SETTINGS

SEED = 20260303


@pytest.mark.parametrize("number", range(2 * len(SETTINGS)))
def test_the_access_matrix_agrees_with_the_model(number: int) -> None:
    group, _ = draw_group(number, SETTINGS[number % len(SETTINGS)], SEED + number)
    wrong = list(problems(group, 30, SEED + number))
    assert not wrong, f"{len(wrong)} cells differ\n" + "\n".join(wrong[:10])


@pytest.mark.parametrize("number", range(2 * len(SETTINGS)))
def test_what_a_change_opens_or_closes_is_told(number: int) -> None:
    group, _ = draw_group(number, SETTINGS[number % len(SETTINGS)], SEED + 100 + number)
    wrong = list(contradictions(group, changed(group, number), 15, number))
    assert not wrong, f"{len(wrong)} cells differ\n" + "\n".join(wrong[:10])
