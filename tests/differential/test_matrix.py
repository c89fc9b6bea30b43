"""The access matrix says what the model answers: every subject, operation and column, over rows of every condition."""

import pytest

from differential.draw import draw_group
from differential.matrix_judge import problems
from differential.settings import SETTINGS

SEED = 20260303


@pytest.mark.parametrize("number", range(2 * len(SETTINGS)))
def test_the_access_matrix_agrees_with_the_model(number: int) -> None:
    group, _ = draw_group(number, SETTINGS[number % len(SETTINGS)], SEED + number)
    wrong = list(problems(group, 30, SEED + number))
    assert not wrong, f"{len(wrong)} cells differ\n" + "\n".join(wrong[:10])
