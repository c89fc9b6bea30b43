"""A route without sign-in on a table whose rows belong to someone."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource


@record
class PublicOnScoped(Problem):
    """`PUBLIC` stands on a table with a firewall scope.

    # What it means
    Somebody who is not signed in has no organization, no team and no rows of their own. No row would be visible,
    and a new one would belong to nobody.

    # Example
    firewall: { organization: {} }, crud: { list: { access: { roles: ["PUBLIC"] } } }

    # Fix
    Name roles, or put what is public into a table of its own with `firewall: { exception: true }`.

    # See
    compiler/definitions/public#gotchas
    """

    code: ClassVar[str] = "QB4208"
    slug: ClassVar[str] = "public-on-scoped"
    docs: ClassVar[str] = "compiler/definitions/public#gotchas"

    table: str
    scope: str

    def message(self) -> str:
        return f"`PUBLIC` cannot be used on `{self.table}`: its rows are scoped by `{self.scope}`"

    def hint(self) -> str | None:
        return "name roles, or move what is public to a table with `firewall: { exception: true }`"


PROBLEMS: tuple[type[Problem], ...] = (PublicOnScoped,)


def check(project: Project) -> Iterator[Problem]:
    for resource in project.resources:
        yield from _of(resource)


def _of(resource: Resource) -> Iterator[Problem]:
    scopes = resource.firewall.scope_columns
    for rule in resource.rules if scopes else ():
        for branch in rule.walk():
            if branch.public:
                yield PublicOnScoped(branch.span, resource.key, scopes[0])
