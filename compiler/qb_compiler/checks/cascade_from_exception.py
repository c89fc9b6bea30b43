"""Deleting a row that belongs to nobody would delete rows that belong to tenants."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.blocks.crud.model import DeleteMode
from qb_compiler.blocks.relations.model import Reference, ReferenceOrigin
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource


@record
class CascadeFromException(Problem):
    """A soft delete would cascade from a table with `exception: true` into scoped rows.

    # What it means
    Whoever may delete the parent would delete rows of every tenant that point at it, without being allowed to see
    them.

    # Example
    `categories` with `firewall: { exception: true }` and a soft delete; `articles` beside it, scoped by
    organization, with `categoryId: text("category_id").references(() => categories.id)`.

    # Fix
    Remove `crud.delete` from the parent, use `mode: "hard"` with `onDelete: "restrict"`, or scope the parent as well.

    # See
    compiler/definitions/soft-delete#cascade
    """

    code: ClassVar[str] = "QB4804"
    slug: ClassVar[str] = "cascade-from-exception"
    docs: ClassVar[str] = "compiler/definitions/soft-delete#cascade"

    parent: str
    child: str
    reference: Label

    def message(self) -> str:
        return f"deleting a row of `{self.parent}` would delete rows of `{self.child}` in every organization"

    def related(self) -> tuple[Label, ...]:
        return (self.reference,)

    def hint(self) -> str | None:
        return f"remove `delete` from `{self.parent}`, or scope it like `{self.child}`"


PROBLEMS: tuple[type[Problem], ...] = (CascadeFromException,)


def check(project: Project) -> Iterator[Problem]:
    for feature in project.features:
        for parent in feature.resources:
            delete = parent.writing.delete
            if parent.firewall.exception and delete and delete.mode is DeleteMode.SOFT:
                yield from _children(feature, parent)


def _children(feature: Feature, parent: Resource) -> Iterator[Problem]:
    children: tuple[Resource | InternalTable, ...] = (*feature.resources, *feature.internal)
    for child in children:
        reference = _reference(child, parent) if _is_scoped(child) else None
        if reference and parent.writing.delete:
            label = Label(reference.span, "points at it here")
            yield CascadeFromException(parent.writing.delete.span, parent.key, child.key, label)


def _is_scoped(child: Resource | InternalTable) -> bool:
    return bool(child.scopes if isinstance(child, InternalTable) else child.firewall.scope_columns)


def _reference(child: Resource | InternalTable, parent: Resource) -> Reference | None:
    """What the cascade follows: declared references, not the naming convention."""
    declared = (item for item in child.references if item.origin is not ReferenceOrigin.CONVENTION)
    return next((item for item in declared if item.target == parent.key), None)
