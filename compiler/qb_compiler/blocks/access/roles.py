"""Reads lists of roles: pseudo-roles are taken out, `role+` is expanded along the hierarchy."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import RoleList, RoleMention
from qb_compiler.blocks.access.problems import SHAPE, EmptyRule, NoRoleHierarchy, PseudoRoleMisplaced, StarRole
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Reader
from qb_compiler.evaluate.values import ArrayValue, StringValue, Value
from qb_compiler.model.record import record

PUBLIC = "PUBLIC"
AUTHENTICATED = "AUTHENTICATED"
PSEUDO_ROLES = frozenset({PUBLIC, AUTHENTICATED})


@record
class RoleReader:
    """`hierarchy` runs from low to high."""

    hierarchy: tuple[str, ...]
    problems: Problems

    def roles(self, value: Value, owner: str) -> RoleList | None:
        """A list that may hold pseudo-roles."""
        strings = Reader(SHAPE, self.problems).strings(value, owner)
        if strings is None:
            return None
        if not strings:
            items_were_refused = isinstance(value, ArrayValue) and value.items
            self.problems.extend([] if items_were_refused else [EmptyRule(value.span, owner)])
            return None
        texts = {item.text for item in strings}
        names = tuple(dict.fromkeys(name for item in strings for name in self._names(item)))
        mentions = tuple(RoleMention(item.text, item.span) for item in strings if item.text not in PSEUDO_ROLES)
        return RoleList(names, mentions, PUBLIC in texts, AUTHENTICATED in texts)

    def organization_roles(self, value: Value, owner: str) -> RoleList | None:
        """A list of organization roles only."""
        roles = self.roles(value, owner)
        if roles and (roles.public or roles.authenticated):
            name = PUBLIC if roles.public else AUTHENTICATED
            self.problems.report(PseudoRoleMisplaced(value.span, owner, name))
        return roles

    def _names(self, item: StringValue) -> Iterator[str]:
        name = item.text
        if name == "*":
            self.problems.report(StarRole(item.span))
        elif name.endswith("+"):
            yield from self._expanded(item, name[:-1])
        elif name not in PSEUDO_ROLES:
            yield name

    def _expanded(self, item: StringValue, role: str) -> Iterator[str]:
        if role in self.hierarchy:
            yield from self.hierarchy[self.hierarchy.index(role) :]
        else:
            self.problems.report(NoRoleHierarchy(item.span, role, self.hierarchy))
