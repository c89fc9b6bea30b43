"""Two routes with one method and path."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.span import Span

RESERVED = frozenset({"schema", "token", "system", "embeddings"})
"""First segments under `/api/v1` that are the product's own."""


@record
class DuplicateRoute(Problem):
    """Two definitions claim the same route.

    # What it means
    A table's route is the name of its file. Two files with one name, or an action with the path of another route,
    would answer at the same address.

    # Example
    `features/jobs/notes.ts` and `features/people/notes.ts` would both be `/api/v1/notes`.

    # Fix
    Rename one of the files, or give the action another name or `path`.

    # See
    compiler/definitions/schema#file-names
    """

    code: ClassVar[str] = "QB4018"
    slug: ClassVar[str] = "duplicate-route"
    docs: ClassVar[str] = "compiler/definitions/schema#file-names"

    route: str
    first: Label | None

    def message(self) -> str:
        return f"the route `{self.route}` is taken"

    def related(self) -> tuple[Label, ...]:
        return (self.first,) if self.first else ()

    def hint(self) -> str | None:
        return "rename the file, or give the action another name or path"


PROBLEMS: tuple[type[Problem], ...] = (DuplicateRoute,)


def check(project: Project) -> Iterator[Problem]:
    taken: dict[str, Span] = {}
    for route, span in _routes(project):
        first = taken.setdefault(route, span)
        if first is not span:
            yield DuplicateRoute(span, route, Label(first, "taken here"))
    for resource in project.resources:
        yield from _action_names(resource)
        if resource.route in RESERVED:
            yield DuplicateRoute(resource.span, f"/api/v1/{resource.route}", None)


def _action_names(resource: Resource) -> Iterator[Problem]:
    """Two `defineActions` for one table may not use a name twice, whatever the methods are."""
    names: dict[str, Span] = {}
    for action in resource.actions:
        first = names.setdefault(action.name, action.span)
        if first is not action.span:
            yield DuplicateRoute(action.span, f"action {action.name}", Label(first, "taken here"))


def _routes(project: Project) -> Iterator[tuple[str, Span]]:
    for resource in project.resources:
        yield f"/api/v1/{resource.route}", resource.span
        yield from _actions(resource)
    for feature in project.features:
        yield from _tableless(feature)


def _actions(resource: Resource) -> Iterator[tuple[str, Span]]:
    base = f"/api/v1/{resource.route}"
    for view in resource.reading.views:
        yield f"GET {base}/views/{view.name}", view.span
    writing = resource.writing
    batches = (
        ("POST", writing.batch_create), ("PATCH", writing.batch_update),
        ("DELETE", writing.batch_delete), ("PUT", writing.batch_upsert),
    )  # fmt: skip
    for method, batch in batches:
        if batch:
            yield f"{method} {base}/batch", batch.span
    for action in resource.actions:
        path = action.path or action.name
        yield f"{action.method} {base}/{path if action.standalone else f':id/{action.name}'}", action.span


def _tableless(feature: Feature) -> Iterator[tuple[str, Span]]:
    for action in feature.actions:
        yield f"{action.method} /api/v1/{feature.name}/{action.path or action.name}", action.span
