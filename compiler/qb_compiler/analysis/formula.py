"""Boolean formulas over facts about a row, and about a caller where the caller is not fixed."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from qb_compiler.blocks.access.model import Condition
from qb_compiler.model.record import record


@record
class Truth:
    """A constant."""

    value: bool


@record
class RowFact:
    """A comparison of a column of the row at hand."""

    condition: Condition

    @property
    def identity(self) -> tuple[object, ...]:
        """Two facts that say the same are the same, wherever they were written (`1` and `true` differ)."""
        condition = self.condition
        return condition.column, condition.operator, tuple((type(v).__name__, v) for v in condition.values)


@record
class Unknown:
    """Something that only running the program decides: a rule in code, a context value that may be missing.

    A rule in code is the same one as long as its text is, wherever it stands: `code` is that, with what it uses of its
    module, and `files` are the modules of the project that it imports.
    """

    name: str
    code: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[object, ...]:
        return self.code or (self.name,)


@record
class All:
    parts: tuple["Formula", ...]


@record
class AnyOf:
    parts: tuple["Formula", ...]


Formula: TypeAlias = Truth | RowFact | Unknown | All | AnyOf

TRUE = Truth(True)
FALSE = Truth(False)


def conjunction(parts: Iterable[Formula]) -> Formula:
    """All of the parts, with constants and nesting removed."""
    kept: list[Formula] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        if part != TRUE:
            kept.extend(part.parts if isinstance(part, All) else (part,))
    return kept[0] if len(kept) == 1 else All(tuple(kept)) if kept else TRUE


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Any of the parts, with constants and nesting removed; no part at all is false."""
    kept: list[Formula] = []
    for part in parts:
        if part == TRUE:
            return TRUE
        if part != FALSE:
            kept.extend(part.parts if isinstance(part, AnyOf) else (part,))
    return kept[0] if len(kept) == 1 else AnyOf(tuple(kept)) if kept else FALSE


def leaves(formula: Formula) -> Iterator[RowFact | Unknown]:
    if isinstance(formula, RowFact | Unknown):
        yield formula
    elif isinstance(formula, All | AnyOf):
        for part in formula.parts:
            yield from leaves(part)
