"""The truth tables against brute force: every row over a small set of values is tried."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qb_compiler.analysis.formula import All, AnyOf, Formula, RowFact, Truth, conjunction, disjunction
from qb_compiler.analysis.worlds import MAX_WORLDS, implies, satisfiable, worlds
from qb_compiler.blocks.access.model import Condition, Operator
from qb_compiler.model.literal import Scalar
from qb_compiler.span import SourceFile, Span

SPAN = Span(SourceFile("rule.ts", "x"), 0, 1)
COLUMNS = ("status", "amount")
VALUES: dict[str, list[Scalar]] = {"status": ["draft", "open", "other", None], "amount": [0, 1, 2, 3, 4, 5, 6, None]}
LITERALS: dict[str, list[Scalar]] = {"status": ["draft", "open"], "amount": [1, 3, 5]}
EQUALITIES = (Operator.EQUALS, Operator.NOT_EQUALS)
LISTS = (Operator.IN, Operator.NOT_IN)


def fact(column: str, operator: Operator, *values: Scalar) -> RowFact:
    return RowFact(Condition(column, operator, values, SPAN))


def true_of(condition: Condition, value: Scalar) -> bool:
    """The meaning of a condition, written once more from the decisions."""
    first = condition.values[0]
    if first is None and condition.operator in EQUALITIES:
        return (value is None) == (condition.operator is Operator.EQUALS)
    if value is None:
        return False
    if condition.operator in EQUALITIES:
        return (value == first) == (condition.operator is Operator.EQUALS)
    if condition.operator in LISTS:
        return (value in condition.values) == (condition.operator is Operator.IN)
    assert isinstance(value, int) and isinstance(first, int)
    order = {
        Operator.LESS_THAN: value < first,
        Operator.GREATER_THAN: value > first,
        Operator.LESS_THAN_OR_EQUAL: value <= first,
        Operator.GREATER_THAN_OR_EQUAL: value >= first,
    }
    return order[condition.operator]


def evaluate(formula: Formula, row: Mapping[str, Scalar]) -> bool:
    if isinstance(formula, Truth):
        return formula.value
    if isinstance(formula, All):
        return all(evaluate(part, row) for part in formula.parts)
    if isinstance(formula, AnyOf):
        return any(evaluate(part, row) for part in formula.parts)
    assert isinstance(formula, RowFact)
    return true_of(formula.condition, row[formula.condition.column])


ROWS = [dict(zip(COLUMNS, values, strict=True)) for values in product(*(VALUES[column] for column in COLUMNS))]


def conditions(column: str) -> st.SearchStrategy[RowFact]:
    literal = st.sampled_from([*LITERALS[column], None])
    some = st.lists(st.sampled_from(LITERALS[column]), min_size=1, max_size=3)
    plain = st.builds(lambda operator, value: fact(column, operator, value), st.sampled_from(EQUALITIES), literal)
    listed = st.builds(lambda operator, values: fact(column, operator, *values), st.sampled_from(LISTS), some)
    if column != "amount":
        return plain | listed
    ordered = [o for o in Operator if o not in (*EQUALITIES, *LISTS)]
    number = st.sampled_from(LITERALS[column])
    return plain | listed | st.builds(lambda o, v: fact(column, o, v), st.sampled_from(ordered), number)


formulas: st.SearchStrategy[Formula] = st.recursive(
    conditions("status") | conditions("amount"),
    lambda inner: st.lists(inner, max_size=3).map(conjunction) | st.lists(inner, max_size=3).map(disjunction),
    max_leaves=8,
)


@given(formulas, formulas)
@settings(max_examples=300, deadline=None)
def test_implication_is_decided_as_by_trying_every_row(narrow: Formula, wide: Formula) -> None:
    counterexamples = [row for row in ROWS if evaluate(narrow, row) and not evaluate(wide, row)]
    assert implies(narrow, wide) == (not counterexamples)


@given(formulas)
@settings(max_examples=300, deadline=None)
def test_a_formula_is_satisfiable_exactly_when_some_row_makes_it_true(formula: Formula) -> None:
    assert satisfiable(formula) == any(evaluate(formula, row) for row in ROWS)


def test_draft_or_open_is_wider_than_draft() -> None:
    draft = fact("status", Operator.EQUALS, "draft")
    either = fact("status", Operator.IN, "draft", "open")
    assert implies(draft, either) is True
    assert implies(either, draft) is False


def test_true_and_one_are_different_values() -> None:
    both = conjunction([fact("flag", Operator.EQUALS, True), fact("flag", Operator.EQUALS, 1)])
    assert satisfiable(both) is False


def test_too_many_facts_are_answered_with_none() -> None:
    many = conjunction(fact(f"c{n}", Operator.EQUALS, "x") for n in range(20))
    assert worlds(many) is None
    assert satisfiable(many) is None
    assert MAX_WORLDS < 3**20
