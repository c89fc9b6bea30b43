"""Which rows exist for a caller."""

from enum import StrEnum

from qb_compiler.blocks.access.model import RoleMention
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.span import Span


class ErrorMode(StrEnum):
    REVEAL = "reveal"
    HIDE = "hide"


@record
class Scope:
    """`column` equals the caller's value at `source`, a path under ctx such as `activeOrgId`."""

    column: str
    source: str
    span: Span


@record
class OwnerScope:
    """With `optional`, callers holding one of `bypass_roles` see every row of the outer scope."""

    column: str
    source: str
    span: Span
    optional: bool = False
    bypass_roles: tuple[str, ...] = ()
    mentions: tuple[RoleMention, ...] = ()


@record
class Firewall:
    """`soft_delete` is the deletedAt column whenever the table has one. `derived` scopes came from column names.

    `written` is the author's value, for the registry.
    """

    span: Span
    organization: Scope | None = None
    owner: OwnerScope | None = None
    team: Scope | None = None
    soft_delete: str | None = None
    exception: bool = False
    any_organization_roles: bool = False
    error_mode: ErrorMode = ErrorMode.REVEAL
    derived: bool = False
    written: Json = None

    @property
    def scope_columns(self) -> tuple[str, ...]:
        """Stamped from the context on insert, never writable by a client."""
        scopes = (self.organization, self.owner, self.team)
        return tuple(scope.column for scope in scopes if scope)
