"""One request on one table while it is answered, and the checks that come before anything else."""

from collections.abc import Mapping
from dataclasses import dataclass

from model.answer import Fault
from model.definition import Project, Request, Rule, Table
from model.rules import Caller, allows_new, is_anonymous, role_part
from model.store import Store


@dataclass
class Call:
    """The store that the request works on, who asks, and the headers of the answer."""

    store: Store
    table: Table
    caller: Caller
    request: Request
    headers: Mapping[str, str] | None = None

    @property
    def project(self) -> Project:
        return self.store.project


def admit(call: Call, rule: Rule, *, writes: bool = False, inserts: bool = False) -> None:
    """Authentication, organization, role part of access, the other scopes."""
    require_sign_in(call, rule)
    require_organization(call)
    require_role(call, rule)
    if writes:
        require_scopes(call)
    if inserts and not allows_new(rule, call.caller):
        raise Fault(403, "ACCESS_CONDITION_FAILED", "access")


def require_sign_in(call: Call, rule: Rule) -> None:
    if call.caller.user_id is None and not is_anonymous(rule):
        raise Fault(401, "AUTH_MISSING", "authentication")


def require_organization(call: Call) -> None:
    if call.table.firewall.organization and call.caller.org is None:
        raise Fault(403, "ACCESS_NO_ORG", "access")


def require_role(call: Call, rule: Rule) -> None:
    if not role_part(rule, call.caller):
        raise Fault(403, "ACCESS_ROLE_REQUIRED", "access")


def require_scopes(call: Call) -> None:
    """What a write or an action needs to be in sight of any row."""
    if call.table.firewall.team and call.caller.team is None:
        raise Fault(403, "ACCESS_NO_SCOPE", "access")
