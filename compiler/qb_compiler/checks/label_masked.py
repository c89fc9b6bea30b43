"""A label that shows a column which the referenced table masks."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource


@record
class LabelMasked(Problem):
    """The label of a reference is a column that the other table masks.

    # What it means
    The label shows the display column of the referenced row. It is masked by the other table's own rule, so most
    callers see a masked label.

    # Example
    displayColumn: "email", masking: { email: { type: "email" } }

    # Fix
    Choose a `displayColumn` that is not masked.

    # See
    compiler/definitions/references#labels
    """

    code: ClassVar[str] = "QB4803"
    slug: ClassVar[str] = "label-masked"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/definitions/references#labels"

    label_key: str
    table: str
    column: str
    mask: Label

    def message(self) -> str:
        return f"`{self.label_key}` shows `{self.table}.{self.column}`, which is masked"

    def related(self) -> tuple[Label, ...]:
        return (self.mask,)

    def hint(self) -> str | None:
        return f"choose another `displayColumn` for `{self.table}`"


PROBLEMS: tuple[type[Problem], ...] = (LabelMasked,)


def check(project: Project) -> Iterator[Problem]:
    resources = {resource.key: resource for resource in project.resources}
    for resource in resources.values():
        yield from _labels(resource, resources)


def _labels(resource: Resource, resources: dict[str, Resource]) -> Iterator[Problem]:
    for reference in resource.references:
        target = resources.get(reference.target)
        column = target.display.column if target and reference.labelled else None
        mask = target.masking.mask(column) if target and column else None
        if target and column and mask:
            label = Label(mask.span, "masked here")
            yield LabelMasked(reference.span, reference.label, target.key, column, label)
