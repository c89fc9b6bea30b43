"""A protected field that names an action which does not exist."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource


@record
class UnknownAction(Problem):
    """`guards.protected` names an action that the table does not have.

    # What it means
    A protected field is changed only by the actions that are named. If none of them exists, it can never change.

    # Example
    guards: { protected: { stage: ["advnace"] } }

    # Fix
    Correct the name, or define the action in the feature's `actions.ts`.

    # See
    compiler/definitions/guards#options
    """

    code: ClassVar[str] = "QB4306"
    slug: ClassVar[str] = "guards-unknown-action"
    docs: ClassVar[str] = "compiler/definitions/guards#options"

    name: str
    table: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"`{self.table}` has no action `{self.name}`"

    def hint(self) -> str | None:
        near = nearest(self.name, self.known)
        if near:
            return f"did you mean `{near[0]}`?"
        return f"define it in `defineActions({self.table}, {{ {self.name}: {{ … }} }})`"

    def edits(self) -> tuple[Edit, ...]:
        near = nearest(self.name, self.known)
        return (Edit(self.span, f'"{near[0]}"'),) if near and self.span else ()


PROBLEMS: tuple[type[Problem], ...] = (UnknownAction,)


def check(project: Project) -> Iterator[Problem]:
    for resource in project.resources:
        yield from _of(resource)


def _of(resource: Resource) -> Iterator[Problem]:
    known = tuple(action.name for action in resource.actions)
    for field in resource.guards.protected:
        for name, place in zip(field.actions, field.places, strict=True):
            if name not in known:
                yield UnknownAction(place, name, resource.key, known)
