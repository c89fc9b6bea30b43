"""A small fixed draw of strange texts; the long run is `tests/bench/fuzz_front.py`."""

from hypothesis import HealthCheck, given, settings

from compiler.evaluate.fuzzing import SEEDS, examine, expressions, texts

DRAWN = settings(
    derandomize=True, database=None, deadline=None, max_examples=150, suppress_health_check=list(HealthCheck)
)


@DRAWN
@given(texts())
def test_no_text_makes_reading_fail(text: str) -> None:
    examine(text)


@DRAWN
@given(expressions())
def test_no_expression_makes_reading_fail(expression: str) -> None:
    examine(f'import {{ ADMINS, only, Stage as S }} from "./shared";\nexport default {expression};')


def test_the_seeds_themselves_are_read() -> None:
    for seed in SEEDS:
        examine(seed)
