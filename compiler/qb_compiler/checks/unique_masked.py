"""A unique column that somebody may write but sees masked: the refusal of a duplicate confirms a guess."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.analysis.exposure import organization_formula, rule_formula
from qb_compiler.analysis.formula import conjunction
from qb_compiler.analysis.operations import Operation, writing_operations
from qb_compiler.analysis.subjects import Subject
from qb_compiler.analysis.worlds import satisfiable
from qb_compiler.blocks.masking.model import Mask
from qb_compiler.diagnostics.diagnostic import Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource


@record
class UniqueMasked(Problem):
    """Callers who see a unique column masked may write it.

    # What it means
    Sending a value that another row has is refused with 409. The answer does not name the column, but by trying
    values such a caller finds out which ones exist, and so what the mask hides.

    # Example
    email: text("email").unique(), masking: { email: { type: "email", show: { roles: ["owner"] } } },
    guards: { createable: ["email"] }, crud: { create: { access: { roles: ["member"] } } }

    # Fix
    Show the column to those who may write it, take it out of what they may write, or give up the uniqueness. Keep it
    if the guess is worth nothing; the security report states it.

    # See
    compiler/definitions/masking#unique-columns
    """

    code: ClassVar[str] = "QB4406"
    slug: ClassVar[str] = "unique-masked"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/definitions/masking#unique-columns"

    column: str
    callers: tuple[str, ...]
    operation: str
    unique: Label

    def message(self) -> str:
        return f"`{self.column}` is masked and unique: whoever writes it can test which values exist"

    def label(self) -> str:
        return f"`{self.operation}` is open to {' and '.join(self.callers)}, for whom it is masked"

    def related(self) -> tuple[Label, ...]:
        return (self.unique,)

    def hint(self) -> str | None:
        return f"show `{self.column}` to {' and '.join(self.callers)}, or take it out of what they may write"


PROBLEMS: tuple[type[Problem], ...] = (UniqueMasked,)


def check_table(resource: Resource, callers: tuple[Subject, ...]) -> Iterator[Problem]:
    """One warning a column, at the first operation that lets somebody test its values."""
    for mask in resource.masking.masks:
        key = next((key for key in resource.table.unique_keys if mask.column in key.columns), None)
        found = ((o.name, _blind(resource, o, mask, callers)) for o in writing_operations(resource))
        operation, blind = next((pair for pair in found if pair[1]), ("", ()))
        if key and blind:
            yield UniqueMasked(mask.span, mask.column, blind, operation, Label(key.span, "unique here"))


def _blind(resource: Resource, operation: Operation, mask: Mask, callers: tuple[Subject, ...]) -> tuple[str, ...]:
    """Who may write the column by this operation without seeing it plainly on every row."""
    if mask.column not in operation.columns:
        return ()
    found = [
        caller.name
        for caller in callers
        if not caller.roles.intersection(mask.show_roles) and _may(caller, resource, operation)
    ]
    # A platform role changes nothing where the same caller may do it without.
    return tuple(name for name in found if name.partition(" + ")[0] == name or name.partition(" + ")[0] not in found)


def _may(caller: Subject, resource: Resource, operation: Operation) -> bool:
    needed = [organization_formula(caller, resource), rule_formula(caller, operation.access)]
    return satisfiable(conjunction(needed)) is not False
