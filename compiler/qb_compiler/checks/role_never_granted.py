"""A role that the config declares and no rule grants anything."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.model.roles import BUILT_IN, declared_roles


@record
class RoleNeverGranted(Problem):
    """The config declares a role that no rule names.

    # What it means
    People can be invited with the role, but it lets them do nothing.

    # Example
    auth: { roles: ["auditor"] }     // and no rule names "auditor"

    # Fix
    Name the role in a rule, or remove it from the config.

    # See
    compiler/definitions/roles#custom-roles
    """

    code: ClassVar[str] = "QB4209"
    slug: ClassVar[str] = "role-never-granted"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/definitions/roles#custom-roles"

    role: str

    def message(self) -> str:
        return f"the role `{self.role}` is declared, but no rule grants it anything"

    def hint(self) -> str | None:
        return "name it in a rule, or remove it from the config"


PROBLEMS: tuple[type[Problem], ...] = (RoleNeverGranted,)


def check(project: Project) -> Iterator[Problem]:
    declared = declared_roles(project.config.auth)
    if not declared:
        return
    granted = {role for resource in project.resources for role in _granted(resource)}
    granted |= {role for feature in project.features for action in feature.actions for role in action.access.all_roles}
    for role in declared if project.resources else ():
        if role not in granted and role not in BUILT_IN:
            yield RoleNeverGranted(project.config.span, role)


def _granted(resource: Resource) -> Iterator[str]:
    for rule in resource.rules:
        yield from rule.all_roles
    for mask in resource.masking.masks:
        yield from mask.show_roles
    if resource.firewall.owner:
        yield from resource.firewall.owner.bypass_roles
