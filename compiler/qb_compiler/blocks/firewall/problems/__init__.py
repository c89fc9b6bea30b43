"""What can be wrong with a firewall."""

from qb_compiler.blocks.firewall.problems.scopes import (
    ExceptionBesideScope,
    NoScope,
    OrganizationsDisabled,
    OwnerOptionalAlone,
    ScopeColumnMisfit,
    ScopeColumnMissing,
    ScopeDerived,
    SoftDeleteColumnMissing,
    TeamsDisabled,
)
from qb_compiler.blocks.firewall.problems.shape import (
    PADDING,
    SHAPE,
    TOPIC,
    MissingFirewallPart,
    UnknownFirewallOption,
    UnknownSource,
    WrongFirewallValue,
)
from qb_compiler.diagnostics.problem import Problem

PROBLEMS: tuple[type[Problem], ...] = (
    UnknownFirewallOption,
    WrongFirewallValue,
    MissingFirewallPart,
    UnknownSource,
    NoScope,
    ScopeColumnMissing,
    ExceptionBesideScope,
    OwnerOptionalAlone,
    TeamsDisabled,
    OrganizationsDisabled,
    SoftDeleteColumnMissing,
    ScopeDerived,
    ScopeColumnMisfit,
)

__all__ = [
    "PADDING",
    "PROBLEMS",
    "SHAPE",
    "TOPIC",
    "ExceptionBesideScope",
    "MissingFirewallPart",
    "NoScope",
    "OrganizationsDisabled",
    "OwnerOptionalAlone",
    "ScopeColumnMisfit",
    "ScopeColumnMissing",
    "ScopeDerived",
    "SoftDeleteColumnMissing",
    "TeamsDisabled",
    "UnknownFirewallOption",
    "UnknownSource",
    "WrongFirewallValue",
]
