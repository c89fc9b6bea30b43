"""A role that the config does not declare, or, where it declares none, one that looks like a misspelling of another."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.blocks.access.model import RoleMention
from qb_compiler.diagnostics.diagnostic import Edit, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.roles import BUILT_IN, declared_roles

TOPIC = "compiler/definitions/roles#custom-roles"


@record
class UnknownRole(Problem):
    """A rule names a role that the config does not declare.

    # What it means
    The config lists the roles in `auth.roles` or `auth.roleHierarchy`. Any other name is taken for a mistake,
    because nobody could ever hold that role.

    # Example
    auth: { roles: ["recruiter"] }                                // in the config
    list: { access: { roles: ["recruter"] } }

    # Fix
    Correct the name, or add the role to the config.

    # See
    compiler/definitions/roles#custom-roles
    """

    code: ClassVar[str] = "QB4205"
    slug: ClassVar[str] = "unknown-role"
    docs: ClassVar[str] = TOPIC

    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"there is no role `{self.name}`"

    def hint(self) -> str | None:
        near = nearest(self.name, self.known)
        return f"did you mean `{near[0]}`?" if near else f"the roles are {', '.join(self.known)}"

    def edits(self) -> tuple[Edit, ...]:
        near = nearest(self.name, self.known)
        return (Edit(self.span, f'"{near[0]}"'),) if near and self.span else ()


@record
class RoleNearMiss(Problem):
    """A role looks like a misspelling of another one.

    # What it means
    The config declares no roles, so any name is taken. This one is used once and is nearly the same as another.

    # Example
    list: { access: { roles: ["admin"] } }, get: { access: { roles: ["amdin"] } }

    # Fix
    Correct the name. If both are meant, declare them: `auth: { roles: ["admin", "amdin"] }`.

    # See
    compiler/definitions/roles#custom-roles
    """

    code: ClassVar[str] = "QB4206"
    slug: ClassVar[str] = "role-near-miss"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = TOPIC

    name: str
    other: str

    def message(self) -> str:
        return f"the role `{self.name}` looks like a misspelling of `{self.other}`"

    def hint(self) -> str | None:
        return f"write `{self.other}`, or declare both in `auth.roles`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, f'"{self.other}"'),) if self.span else ()


PROBLEMS: tuple[type[Problem], ...] = (UnknownRole, RoleNearMiss)


def check(project: Project) -> Iterator[Problem]:
    declared = declared_roles(project.config.auth)
    if declared:
        yield from _undeclared(project.mentions, tuple(dict.fromkeys((*BUILT_IN, *declared))))
    else:
        yield from _near_misses(project.mentions)


def _undeclared(mentions: tuple[RoleMention, ...], known: tuple[str, ...]) -> Iterator[Problem]:
    for mention in mentions:
        name = mention.name.removesuffix("+")
        if name not in known and name not in {"*", "everyone"}:
            yield UnknownRole(mention.span, name, known)


def _near_misses(mentions: tuple[RoleMention, ...]) -> Iterator[Problem]:
    """A rare name beside a common or built-in one that is nearly the same."""
    uses = Counter(mention.name for mention in mentions)
    slips = {name: slip for name in uses if name not in BUILT_IN and (slip := _slip(name, uses))}
    for mention in mentions:
        if mention.name in slips:
            yield RoleNearMiss(mention.span, mention.name, slips[mention.name])


def _slip(name: str, uses: Counter[str]) -> str | None:
    others = [other for other in {*uses, *BUILT_IN} if other != name and _is_likelier(other, name, uses)]
    near = nearest(name, sorted(others))
    return near[0] if near and _is_slip(name, near[0]) else None


def _is_likelier(other: str, name: str, uses: Counter[str]) -> bool:
    return other in BUILT_IN or uses[other] > uses[name]


def _is_slip(name: str, other: str) -> bool:
    """Names of different length by more than a letter are different words: `owner` and `co-owner`."""
    return abs(len(name) - len(other)) <= 1 and len(name) > 3
