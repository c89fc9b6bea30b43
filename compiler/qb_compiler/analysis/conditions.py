"""A finite domain for each column: enough values to tell all comparisons made with it apart.

Literals, one stand-in for every other value, null, and one symbol for each context value compared by equality. Columns
that are compared by order get a stand-in between each two literals. A context value is taken to differ from literals.
"""

from collections.abc import Iterable

from qb_compiler.blocks.access.model import Condition, ContextValue, Operator
from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record

ORDERED = {
    Operator.LESS_THAN,
    Operator.GREATER_THAN,
    Operator.LESS_THAN_OR_EQUAL,
    Operator.GREATER_THAN_OR_EQUAL,
}


@record
class Symbol:
    """One value a column can have. `rank` orders literals (odd) and the gaps between them (even)."""

    literal: Scalar = None
    path: str | None = None
    rank: int = 0
    is_null: bool = False
    is_literal: bool = False


NULL = Symbol(is_null=True)


def literal_key(value: Scalar) -> tuple[str, Scalar]:
    """Tells `1` from `true`, which Python holds to be equal."""
    return type(value).__name__, value


def order_key(value: Scalar) -> tuple[bool, float, str]:
    """Numbers by size before everything else by text; ISO dates sort as text."""
    numeric = isinstance(value, int | float)
    return not numeric, float(value) if isinstance(value, int | float) else 0.0, "" if numeric else str(value)


def domain(conditions: Iterable[Condition]) -> tuple[Symbol, ...]:
    """The symbols that tell these comparisons of one column apart."""
    operands = [value for condition in conditions for value in condition.values]
    found = {literal_key(v): v for v in operands if not isinstance(v, ContextValue) and v is not None}
    literals = sorted(found.values(), key=order_key)
    paths = sorted({v.path for v in operands if isinstance(v, ContextValue)})
    points = [Symbol(literal=v, rank=2 * i + 1, is_literal=True) for i, v in enumerate(literals)]
    gaps = [Symbol(rank=2 * i) for i in range(len(literals) + 1)]
    is_ordered = any(condition.operator in ORDERED for condition in conditions)
    return (NULL, *points, *(gaps if is_ordered else gaps[:1]), *(Symbol(path=path) for path in paths))


def matches(symbol: Symbol, operand: Scalar | ContextValue) -> bool:
    if isinstance(operand, ContextValue):
        return symbol.path == operand.path
    return symbol.is_literal and literal_key(symbol.literal) == literal_key(operand)


def compares(symbol: Symbol, operator: Operator, rank: int) -> bool:
    if operator is Operator.LESS_THAN:
        return symbol.rank < rank
    if operator is Operator.GREATER_THAN:
        return symbol.rank > rank
    if operator is Operator.LESS_THAN_OR_EQUAL:
        return symbol.rank <= rank
    return symbol.rank >= rank


def holds(condition: Condition, symbol: Symbol, symbols: tuple[Symbol, ...]) -> bool:
    """Whether the comparison is true when the column has this value. Null satisfies only `equals: null`."""
    operator, first = condition.operator, condition.values[0] if condition.values else None
    if first is None and operator in {Operator.EQUALS, Operator.NOT_EQUALS}:
        return symbol.is_null == (operator is Operator.EQUALS)
    if symbol.is_null:
        return False
    if operator in ORDERED:
        rank = next((s.rank for s in symbols if matches(s, first)), 0)
        return symbol.path is None and compares(symbol, operator, rank)
    found = any(matches(symbol, operand) for operand in condition.values)
    return found == (operator in {Operator.EQUALS, Operator.IN})
