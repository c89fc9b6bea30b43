"""Decides formulas by truth table: one bit for each combination of values, in one big integer.

Rules are small, so this is exact and fast (microseconds); beyond `MAX_WORLDS` the answer is `None`, "not decided".
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import prod

from qb_compiler.analysis.conditions import ORDERED, Symbol, domain, holds
from qb_compiler.analysis.formula import All, AnyOf, Formula, RowFact, Truth, Unknown, leaves
from qb_compiler.blocks.access.model import Condition, ContextValue

MAX_WORLDS = 1 << 18


def is_opaque(fact: RowFact) -> bool:
    """Order against a context value is not modelled: such a comparison is a free fact of its own."""
    condition = fact.condition
    return condition.operator in ORDERED and any(isinstance(value, ContextValue) for value in condition.values)


def variable(leaf: RowFact | Unknown) -> object:
    if isinstance(leaf, Unknown):
        return leaf.identity
    return leaf.identity if is_opaque(leaf) else leaf.condition.column


@dataclass(slots=True)
class Worlds:
    """The combinations that matter for a set of formulas; ask it questions about those formulas only."""

    size: int
    patterns: dict[object, int] = field(default_factory=dict)

    @property
    def full(self) -> int:
        return (1 << self.size) - 1

    def table(self, formula: Formula) -> int:
        """The worlds in which the formula is true, as a bit set."""
        if isinstance(formula, Truth):
            return self.full if formula.value else 0
        if isinstance(formula, All):
            result = self.full
            for part in formula.parts:
                result &= self.table(part)
            return result
        if isinstance(formula, AnyOf):
            result = 0
            for part in formula.parts:
                result |= self.table(part)
            return result
        return self.patterns[formula.identity]


def grouped(formulas: Iterable[Formula]) -> dict[object, list[RowFact | Unknown]]:
    """The leaves of all formulas by the variable they speak about."""
    groups: dict[object, list[RowFact | Unknown]] = {}
    for leaf in (leaf for formula in formulas for leaf in leaves(formula)):
        groups.setdefault(variable(leaf), []).append(leaf)
    return groups


def conditions_of(group: list[RowFact | Unknown]) -> tuple[Condition, ...]:
    return tuple(leaf.condition for leaf in group if isinstance(leaf, RowFact) and not is_opaque(leaf))


def worlds(*formulas: Formula) -> Worlds | None:
    """The worlds that tell these formulas apart, or None when there are too many of them."""
    groups = grouped(formulas)
    domains = {key: domain(conditions) for key, group in groups.items() if (conditions := conditions_of(group))}
    sizes = {key: len(domains[key]) if key in domains else 2 for key in groups}
    total = prod(sizes.values())
    if total > MAX_WORLDS:
        return None
    result, stride = Worlds(total), 1
    for key, group in groups.items():
        period = stride * sizes[key]
        repeat = ((1 << total) - 1) // ((1 << period) - 1)
        blocks = [(((1 << stride) - 1) << (index * stride)) * repeat for index in range(sizes[key])]
        for leaf in group:
            add_pattern(result, leaf, domains.get(key), blocks)
        stride = period
    return result


def add_pattern(result: Worlds, leaf: RowFact | Unknown, symbols: tuple[Symbol, ...] | None, blocks: list[int]) -> None:
    """Records in which worlds one leaf is true."""
    if isinstance(leaf, Unknown) or symbols is None:
        result.patterns[leaf.identity] = blocks[1]
    else:
        true_in = [
            block for block, symbol in zip(blocks, symbols, strict=True) if holds(leaf.condition, symbol, symbols)
        ]
        result.patterns[leaf.identity] = sum(true_in)


def satisfiable(formula: Formula) -> bool | None:
    """Whether some row (and some outcome of the unknowns) makes it true; None when it cannot be decided."""
    space = worlds(formula)
    return None if space is None else bool(space.table(formula))


def implies(narrow: Formula, wide: Formula) -> bool | None:
    """Whether everything the first allows, the second allows too; None when it cannot be decided."""
    space = worlds(narrow, wide)
    return None if space is None else not space.table(narrow) & ~space.table(wide)
