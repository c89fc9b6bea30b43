"""Access rules and the firewall: who the caller is, and which rows exist for them (decisions 2 and 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from model.definition import Condition, Firewall, Identity, InCode, Project, Row, Rule, Table
from model.values import comparable

Judge: TypeAlias = Callable[[Condition | InCode], bool]


@dataclass(frozen=True)
class Caller:
    """The request context that rules see. `roles` are those of the active organization."""

    user_id: str | None = None
    user_role: str | None = None
    roles: tuple[str, ...] = ()
    org: str | None = None
    team: str | None = None
    hierarchy: tuple[str, ...] = ()


NOBODY = Caller()


def caller_of(project: Project, identity: Identity) -> Caller:
    """The context of somebody's request: an organization counts only for its members, and so does a team."""
    if identity.user_id is None:
        return NOBODY
    if not project.organizations:
        return Caller(identity.user_id, identity.user_role, (identity.user_role,), hierarchy=project.hierarchy)
    org = identity.active_org if identity.active_org in identity.memberships else None
    roles = identity.memberships[org] if org else ()
    team = identity.active_team if org and identity.active_team in identity.teams else None
    return Caller(identity.user_id, identity.user_role, roles, org, team, project.hierarchy)


def holds(rule: Rule, caller: Caller, judge: Judge) -> bool:
    """All parts of a rule together; `judge` decides a record condition and a rule in code."""
    return (
        (not rule.roles or holds_role(rule.roles, caller))
        and (not rule.user_role or caller.user_role in rule.user_role)
        and all(judge(condition) for condition in rule.record)
        and (rule.code is None or judge(rule.code))
        and (not rule.any_of or any(holds(branch, caller, judge) for branch in rule.any_of))
        and all(holds(branch, caller, judge) for branch in rule.all_of)
    )


def role_part(rule: Rule, caller: Caller) -> bool:
    """The rule with every record condition taken as true; a rule in code is asked later, but never for nobody."""
    return holds(rule, caller, lambda part: isinstance(part, Condition) or caller.user_id is not None)


def without_records(rule: Rule, caller: Caller) -> bool:
    """Whether the rule holds for every row, whatever it says."""
    return holds(rule, caller, lambda _: False)


def has_code(rule: Rule) -> bool:
    """Whether any part of the rule is code."""
    return rule.code is not None or any(has_code(branch) for branch in (*rule.any_of, *rule.all_of))


def is_anonymous(rule: Rule) -> bool:
    """A route needs no sign-in exactly if its rule holds for an empty context."""
    return role_part(rule, NOBODY)


def allows(rule: Rule, caller: Caller, table: Table, row: Row) -> bool:
    """The whole rule on one row."""

    def judge(part: Condition | InCode) -> bool:
        return _code(part, caller, row) if isinstance(part, InCode) else _condition(part, caller, table, row)

    return holds(rule, caller, judge)


def allows_new(rule: Rule, caller: Caller) -> bool:
    """The whole rule where there is no row: only code can say something that `role_part` did not."""
    return holds(rule, caller, lambda part: isinstance(part, InCode) and _code(part, caller, {}))


def _code(code: InCode, caller: Caller, row: Row) -> bool:
    has_role, is_value = code.role in caller.roles, bool(code.column) and row.get(code.column) == code.value
    return has_role and is_value if code.both else has_role or is_value


def holds_role(roles: tuple[str, ...], caller: Caller) -> bool:
    """Whether the caller holds one of the roles, pseudo-roles and `role+` included."""
    return any(_holds_one(role, caller) for role in roles)


def _holds_one(role: str, caller: Caller) -> bool:
    if role == "PUBLIC":
        return True
    if role == "AUTHENTICATED":
        return caller.user_id is not None
    if role.endswith("+"):
        ladder = caller.hierarchy
        return any(held in ladder[ladder.index(role[:-1]) :] for held in caller.roles)
    return role in caller.roles


def kind_of(table: Table, name: str) -> str:
    """The type of a column, audit columns included."""
    if column := table.column(name):
        return column.kind
    return "millis" if name.endswith("At") else "text"


def _condition(condition: Condition, caller: Caller, table: Table, row: Row) -> bool:
    kind, operator, value = kind_of(table, condition.column), condition.operator, condition.value
    held = comparable(kind, row[condition.column])
    if value is None:
        return (held is None) == (operator == "equals")
    if held is None:
        return False
    if operator in ("in", "notIn"):
        assert isinstance(value, list)
        wanted = [_resolve(item, caller) for item in value]
        if None in wanted:
            return False
        return any(_same(held, comparable(kind, item)) for item in wanted) == (operator == "in")
    found = comparable(kind, _resolve(value, caller))
    return found is not None and _compare(operator, held, found)


def _resolve(value: object, caller: Caller) -> object:
    names = {"userId": caller.user_id, "activeOrgId": caller.org, "activeTeamId": caller.team}
    names["userRole"] = caller.user_role
    if isinstance(value, str) and value.startswith("$"):
        return names[value.removeprefix("$ctx.").removeprefix("$")]
    return value


def _same(left: object, right: object) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _compare(operator: str, left: object, right: object) -> bool:
    if operator in ("equals", "notEquals"):
        return _same(left, right) == (operator == "equals")
    less, equal = bool(left < right), left == right  # type: ignore[operator]
    match operator:
        case "lessThan":
            return less
        case "lessThanOrEqual":
            return less or equal
        case "greaterThan":
            return not less and not equal
        case _:
            return not less


def is_visible(table: Table, row: Row, caller: Caller) -> bool:
    """The firewall: scopes together with soft delete; a missing context value matches nothing."""
    firewall = table.firewall
    return (
        row.get("deletedAt") is None
        and (firewall.organization is None or _is(row[firewall.organization], caller.org))
        and (firewall.team is None or _is(row[firewall.team], caller.team))
        and _owner(firewall, row, caller)
    )


def _owner(firewall: Firewall, row: Row, caller: Caller) -> bool:
    if firewall.owner is None or _is(row[firewall.owner], caller.user_id):
        return True
    return firewall.owner_optional and holds_role(firewall.bypass_roles, caller)


def _is(value: object, context: str | None) -> bool:
    return context is not None and value == context
