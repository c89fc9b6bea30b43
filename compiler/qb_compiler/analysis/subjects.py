"""The kinds of callers a project knows."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action
from qb_compiler.model.project import Project
from qb_compiler.model.record import record


@record
class Subject:
    """`roles` are what `ctx.roles` holds. A caller with several roles may do what any of them may."""

    name: str
    roles: frozenset[str] = frozenset()
    user_role: str = "user"
    signed_in: bool = True
    in_organization: bool = False

    def may_have(self, path: str) -> bool | None:
        """Whether the context value exists for such callers; None when it depends on the caller."""
        if not self.signed_in:
            return False
        if path in {"userId", "userRole", "user.id", "user.email", "user.name"}:
            return True
        if path == "activeOrgId":
            return self.in_organization
        return None


ANONYMOUS = Subject("anonymous", signed_in=False, user_role="")
PLATFORM_ADMIN = "admin"


def named_user_roles(rule: Rule) -> Iterator[str]:
    yield from rule.user_roles or ()
    for branch in rule.branches:
        yield from named_user_roles(branch)


def user_roles(project: Project) -> tuple[str, ...]:
    """The platform roles that rules and unsafe actions ask for, besides the ordinary `user`."""
    found = {role for rule in rules(project) for role in named_user_roles(rule)}
    if any(action.needs_platform_admin for action in actions(project)):
        found.add(PLATFORM_ADMIN)
    return tuple(sorted(found - {"user"}))


def actions(project: Project) -> list[Action]:
    on_tables = [action for resource in project.resources for action in resource.actions]
    return [*on_tables, *(action for feature in project.features for action in feature.actions)]


def rules(project: Project) -> list[Rule]:
    on_tables = [rule for resource in project.resources for rule in resource.rules]
    return [*on_tables, *(action.access for feature in project.features for action in feature.actions)]


def context_roles(project: Project) -> tuple[str, ...]:
    """In an app without organizations `ctx.roles` is the platform role: whatever rules and masks call a role is one."""
    named = {role for rule in rules(project) for role in rule.all_roles}
    shown = {role for resource in project.resources for mask in resource.masking.masks for role in mask.show_roles}
    return tuple(sorted({*named, *shown, *user_roles(project)} - {"user"}))


def subjects(project: Project) -> tuple[Subject, ...]:
    """Nobody, somebody, then each organization role; the signed-in again with each platform role that rules name."""
    if not project.config.organizations:
        names = ("user", *context_roles(project))
        return (ANONYMOUS, *(Subject(name, frozenset({name}), name) for name in names))
    platform = user_roles(project)
    outside = (Subject("signed-in"), *(Subject(f"signed-in + {p}", user_role=p) for p in platform))
    members = (
        Subject(role if p == "user" else f"{role} + {p}", frozenset({role}), p, in_organization=True)
        for p in ("user", *platform)
        for role in project.roles
    )
    return (ANONYMOUS, *outside, *members)
