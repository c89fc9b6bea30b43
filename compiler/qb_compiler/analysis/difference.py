"""What became wider, narrower or different between two states of a project."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from qb_compiler.analysis.code import as_changed, moved
from qb_compiler.analysis.exposure import Exposure
from qb_compiler.analysis.formula import FALSE, Formula, Unknown
from qb_compiler.analysis.matrix import access_matrix
from qb_compiler.analysis.words import describe
from qb_compiler.analysis.worlds import implies
from qb_compiler.model.project import Project
from qb_compiler.model.record import record


class Direction(StrEnum):
    WIDER = "wider"
    NARROWER = "narrower"
    CHANGED = "changed"
    UNDECIDED = "undecided"


@record
class Change:
    """One subject's reach through one operation to one column. `changed` gained some rows and lost others.

    `before` and `after` say in words which rows; `aspect` is "reach", "plain values", "masked values" or "powers".
    """

    direction: Direction
    table: str
    operation: str
    subject: str
    column: str | None
    aspect: str
    before: str
    after: str

    @property
    def may_widen(self) -> bool:
        return self.direction is not Direction.NARROWER


def direction(before: Formula, after: Formula) -> Direction | None:
    """None when both allow the same rows."""
    grows, shrinks = implies(before, after), implies(after, before)
    if grows is None or shrinks is None:
        return Direction.UNDECIDED
    if grows and shrinks:
        return None
    return Direction.WIDER if grows else Direction.NARROWER if shrinks else Direction.CHANGED


Key = tuple[str, str, str, str]
NOTHING = Exposure(FALSE, FALSE)


def keyed(project: Project) -> dict[Key, Exposure]:
    return {(c.table, c.operation, c.subject, c.column or ""): c.exposure for c in access_matrix(project)}


def changed(exposure: Exposure, modules: frozenset[str]) -> Exposure:
    """The exposure of the later state, where code that reaches one of these modules is other code than before."""
    hidden = as_changed(exposure.hidden, modules) if exposure.hidden else None
    return replace(
        exposure,
        rows=as_changed(exposure.rows, modules),
        plain=as_changed(exposure.plain, modules),
        hidden=hidden if isinstance(hidden, Unknown) else None,
    )


def compare(key: Key, before: Exposure, after: Exposure) -> list[Change]:
    table, operation, subject, column = key
    pairs = [("reach", before.rows, after.rows)]
    if column:
        pairs.append(("plain values", before.plain_rows, after.plain_rows))
    found = [
        Change(way, table, operation, subject, column or None, aspect, describe(old), describe(new))
        for aspect, old, new in pairs
        if (way := direction(old, new))
    ]
    more = [Change(way, table, operation, subject, column or None, *said) for way, said in beside(before, after)]
    return [*found[:1], *more]


def beside(before: Exposure, after: Exposure) -> Iterator[tuple[Direction, tuple[str, str, str]]]:
    """What else changed, whatever rows are reached: another mask, or other powers of an action's code."""
    old, new = before.hidden, after.hidden
    if old and new and old.identity != new.identity:
        yield Direction.CHANGED, ("masked values", old.name, new.name)
    if before.powers != after.powers and FALSE not in (before.rows, after.rows):
        more, less = after.powers - before.powers, before.powers - after.powers
        way = Direction.CHANGED if more and less else Direction.WIDER if more else Direction.NARROWER
        yield way, ("powers", listed(before.powers), listed(after.powers))


def listed(powers: frozenset[str]) -> str:
    return ", ".join(sorted(powers)) or "none"


def difference(before: Project, after: Project) -> tuple[Change, ...]:
    """Every change of reach, by table, operation, subject and column; equal cells are left out."""
    modules = moved(before, after)
    old, new = keyed(before), {key: changed(exposure, modules) for key, exposure in keyed(after).items()}
    keys = sorted(old.keys() | new.keys())
    return tuple(change for key in keys for change in compare(key, old.get(key, NOTHING), new.get(key, NOTHING)))
