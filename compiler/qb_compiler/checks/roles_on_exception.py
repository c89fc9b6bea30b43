"""Organization roles on a table whose rows belong to no organization."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.roles import mentions


@record
class RolesOnException(Problem):
    """A table with `exception: true` names organization roles.

    # What it means
    Anybody can create an organization and is its owner then. On rows that belong to no organization, `roles:
    ["owner"]` would let in everyone who has done so.

    # Example
    firewall: { exception: true }, crud: { update: { access: { roles: ["admin"] } } }

    # Fix
    Use `userRole: ["admin"]` for platform admins, or `roles: ["AUTHENTICATED"]` or `["PUBLIC"]`. If the roles of any
    organization are really meant, say `firewall: { exception: true, orgRoles: "any" }`.

    # See
    compiler/definitions/firewall#exception
    """

    code: ClassVar[str] = "QB4207"
    slug: ClassVar[str] = "roles-on-exception"
    docs: ClassVar[str] = "compiler/definitions/firewall#exception"

    role: str
    table: str

    def message(self) -> str:
        return f"`{self.role}` is a role in some organization, but rows of `{self.table}` belong to none"

    def hint(self) -> str | None:
        return 'use `userRole: ["admin"]`, or say `orgRoles: "any"` in the firewall'


PROBLEMS: tuple[type[Problem], ...] = (RolesOnException,)


def check(project: Project) -> Iterator[Problem]:
    """Without organizations, roles are platform roles and mean the same everywhere."""
    if not project.config.organizations:
        return
    for resource in project.resources:
        firewall = resource.firewall
        if firewall.exception and not firewall.any_organization_roles:
            for mention in mentions(resource):
                yield RolesOnException(mention.span, mention.name, resource.key)
