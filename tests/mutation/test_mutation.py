"""The part of the mutation run that is small enough for every run of the suite; `tests/bench/mutation.py` does it all.

The contracts judge every weakening of routes, tables and the gateway of actions; the tests of the runtime are
asked about a fixed sample of what is theirs.
"""

import re
from pathlib import Path

import pytest

from mutation.builds import Build, build, bundled_runtime
from mutation.equivalent import changes_nothing, reasons
from mutation.judges import contracts_notice, runtime_notices
from mutation.schemata import Numbered, switched

HELD_BY_CONTRACTS = re.compile(r"src/(index|features/.*(routes|resource|actions|cascade)|db/scoped)\.ts")
SAMPLE = re.compile(r"src/lib/(access|batch|body|cascade|list-query|masks|rows|scoped-db|values)\.ts")
EVERY = 19
ELSEWHERE = re.compile(r"resource\.ts (bodies|blank) flag:|row \? 200 : 201")
"""What the types notice, or a request: which fields a body may leave out, and a status."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(tmp_path_factory.mktemp("mutation"))


def test_every_generated_file_has_weakenings_with_keys_of_their_own(made: Build) -> None:
    keys = [mutant.key for mutant in made.mutants]
    assert len(set(keys)) == len(keys) > 4500


def test_the_contracts_notice_every_weakening_of_routes_tables_and_gateway(made: Build) -> None:
    held = (
        n for n, m in enumerate(made.mutants) if HELD_BY_CONTRACTS.fullmatch(m.path) and not ELSEWHERE.search(m.key)
    )
    theirs = sorted(held, key=lambda number: made.mutants[number].projects)
    assert len(theirs) > 2500
    assert [made.mutants[n].key for n, by in contracts_notice(made, theirs) if by is None] == []


def test_the_tests_of_the_runtime_notice_what_is_theirs(made: Build, tmp_path: Path) -> None:
    theirs = [n for n, m in enumerate(made.mutants) if SAMPLE.fullmatch(m.path) and not changes_nothing(m)][::EVERY]
    assert len(theirs) > 40
    answers = runtime_notices(bundled_runtime(made, tmp_path), theirs)
    assert [made.mutants[n].key for n, by in answers if by is None] == []


def test_switching_nothing_on_leaves_the_text_as_it_is(made: Build) -> None:
    mutant = next(m for m in made.mutants if m.operator == "condition")
    text = made.files[mutant.projects[0]][mutant.path]
    woven = switched(text, [Numbered(7, mutant)])
    assert f"$m(7) ? ({mutant.text}) : (" in woven and mutant.original in woven


def test_weakenings_that_change_nothing_are_few_and_exist(made: Build) -> None:
    assert set(reasons()) <= {mutant.key for mutant in made.mutants} | {mutant.twin for mutant in made.mutants}
    assert sum(map(changes_nothing, made.mutants)) <= 0.02 * len(made.mutants)
    assert all(len(reason) > 20 for reason in reasons().values())
