"""A part of the mutation run that is small enough for every run of the suite; `tests/bench/mutation.py` does all of it.

What a route does is noticed by the contracts, whoever weakens it; what the runtime does, by its own tests.
"""

import re
from pathlib import Path

import pytest

from mutation.builds import Build, build, bundled_runtime
from mutation.equivalent import reasons
from mutation.judges import Contracts, runtime_notices
from mutation.schemata import Numbered, switched

EVERY_ROUTE = 29
"""One in so many of the weakenings of routes, rules and masks: of all that the contracts must notice."""
EVERY_STEP = 6
STEPS = {"statement", "step", "await", "conjunct", "role", "mask"}
RUNTIME = re.compile(r"src/lib/access\.ts (conditionHolds|conditionFilter|operands) ")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(tmp_path_factory.mktemp("mutation"))


def test_every_generated_file_has_weakenings_with_keys_of_their_own(made: Build) -> None:
    keys = [mutant.key for mutant in made.mutants]
    assert len(set(keys)) == len(keys) > 4000


def test_the_contracts_notice_each_step_rule_and_mask_that_a_route_goes_without(made: Build) -> None:
    contracts = Contracts(made)
    routes = [m for m in made.mutants if m.path.endswith(".routes.ts") and m.operator in STEPS]
    sample = [m for m in routes[::EVERY_ROUTE] if m.key not in reasons()]
    assert len(sample) > 40
    assert [m.key for m in sample if contracts.notice(m) is None] == []


def test_the_tests_of_the_runtime_notice_a_weakened_rule(made: Build, tmp_path: Path) -> None:
    scripts = bundled_runtime(made, tmp_path)
    numbered = [(n, m) for n, m in enumerate(made.mutants) if RUNTIME.match(m.key)][::EVERY_STEP]
    assert numbered
    assert [m.key for n, m in numbered if runtime_notices(scripts, n) is None and m.key not in reasons()] == []


def test_switching_nothing_on_leaves_the_text_as_it_is(made: Build) -> None:
    mutant = next(m for m in made.mutants if m.operator == "condition")
    text = made.files[mutant.projects[0]][mutant.path]
    woven = switched(text, [Numbered(7, mutant)])
    assert f"$m(7) ? ({mutant.text}) : (" in woven and mutant.original in woven


def test_weakenings_that_change_nothing_are_few_and_exist(made: Build) -> None:
    known = {mutant.key for mutant in made.mutants}
    assert set(reasons()) <= known
    assert len(reasons()) <= 0.02 * len(known)
    assert all(len(reason) > 20 for reason in reasons().values())
