"""What a firewall is written with."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownKey, WrongValue, listing, rename
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/firewall"
PADDING = ", \n"


@record
class UnknownFirewallOption(UnknownKey):
    """The firewall has a key that does not exist.

    # What it means
    A misspelled scope would leave rows visible to other tenants, so it is refused.

    # Example
    firewall: { organisation: {} }

    # Fix
    Use organization, owner, team, softDelete, exception, orgRoles or errorMode.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB3101"
    slug: ClassVar[str] = "firewall-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongFirewallValue(WrongValue):
    """A part of the firewall has the wrong type.

    # What it means
    A scope is an object, which may be empty: `organization: {}`.

    # Example
    firewall: { organization: true }

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB3102"
    slug: ClassVar[str] = "firewall-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingFirewallPart(MissingKey):
    """A part of the firewall is missing.

    # What it means
    A predicate of the array form needs the column it compares.

    # Example
    firewall: [{ equals: "ctx.activeOrgId" }]

    # Fix
    Add what the message names.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB3103"
    slug: ClassVar[str] = "firewall-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class UnknownSource(Problem):
    """A scope reads its value from a place that the caller's context does not have.

    # What it means
    The value would always be missing, so no row would ever be visible.

    # Example
    firewall: { owner: { source: "ctx.userid" } }

    # Fix
    Use `ctx.activeOrgId`, `ctx.userId` or `ctx.activeTeamId`.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB3110"
    slug: ClassVar[str] = "firewall-unknown-source"
    docs: ClassVar[str] = f"{TOPIC}#options"

    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"`{self.name}` is not part of the caller's context"

    def hint(self) -> str | None:
        near = nearest(self.name, self.known)
        return f"did you mean `{near[0]}`?" if near else f"it is one of {listing(self.known)}"

    def edits(self) -> tuple[Edit, ...]:
        near = nearest(self.name, self.known)
        return (rename(self.span, near[0]),) if near and self.span else ()


SHAPE = Shape(WrongFirewallValue, UnknownFirewallOption, MissingFirewallPart)
