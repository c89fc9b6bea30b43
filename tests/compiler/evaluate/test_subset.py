"""Every row of the published table is true."""

import json

import pytest

from compiler.evaluate.reading import value_of
from qb_compiler.evaluate.subset import CONSTRUCTS, EVALUATORS, REFUSED, Construct, Refused
from qb_compiler.evaluate.values import CallValue, CodeValue, ObjectValue
from qb_compiler.syntax.parser import LANGUAGES


@pytest.mark.parametrize("row", [row for row in CONSTRUCTS if row.result], ids=lambda row: row.name)
def test_an_example_evaluates_to_its_result(row: Construct) -> None:
    reading = value_of(row.example, row.setup)
    assert not reading.diagnostics
    assert json.loads(reading.json) == json.loads(row.result)


@pytest.mark.parametrize("row", [row for row in CONSTRUCTS if not row.result], ids=lambda row: row.name)
def test_an_example_without_a_result_is_kept_as_source(row: Construct) -> None:
    value = value_of(row.example, row.setup).value
    kept = value.entries[0].value if isinstance(value, ObjectValue) else value
    assert isinstance(kept, CodeValue | CallValue)
    assert kept.source.text in row.example
    assert getattr(kept, "problem", None) is None


@pytest.mark.parametrize("row", [row for row in REFUSED if row.example], ids=lambda row: row.name)
def test_a_refused_example_names_the_construct_and_the_rewrite(row: Refused) -> None:
    problem = value_of(row.example, "let limit = 1;").problem
    assert row.name in problem.message()
    assert problem.hint() == row.rewrite


def test_the_table_names_only_node_types_of_the_grammar() -> None:
    kinds = set()
    for language in LANGUAGES.values():
        kinds |= {language.node_kind_for_id(number) for number in range(language.node_kind_count)}
    assert set(EVALUATORS) <= kinds


def test_a_construct_in_no_row_is_refused_by_its_name() -> None:
    assert "debugger" not in EVALUATORS
    assert "cannot be read" in value_of("class { static { } }").problem.message()
