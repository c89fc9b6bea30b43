"""What became wider, narrower or different between two states of a project."""

from enum import StrEnum

from qb_compiler.analysis.formula import FALSE, Formula
from qb_compiler.analysis.matrix import Cell, access_matrix
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

    `before` and `after` say in words which rows; `aspect` is "reach" or "plain values".
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


def keyed(project: Project) -> dict[tuple[str, str, str, str], Cell]:
    return {(c.table, c.operation, c.subject, c.column or ""): c for c in access_matrix(project)}


def compare(key: tuple[str, str, str, str], before: Cell | None, after: Cell | None) -> list[Change]:
    table, operation, subject, column = key
    pairs = [("reach", before.exposure.rows if before else FALSE, after.exposure.rows if after else FALSE)]
    if column:
        old = before.exposure.plain_rows if before else FALSE
        new = after.exposure.plain_rows if after else FALSE
        pairs.append(("plain values", old, new))
    found = [
        Change(way, table, operation, subject, column or None, aspect, describe(old), describe(new))
        for aspect, old, new in pairs
        if (way := direction(old, new))
    ]
    return found[:1]


def difference(before: Project, after: Project) -> tuple[Change, ...]:
    """Every change of reach, by table, operation, subject and column; equal cells are left out."""
    old, new = keyed(before), keyed(after)
    keys = sorted(old.keys() | new.keys())
    return tuple(change for key in keys for change in compare(key, old.get(key), new.get(key)))
