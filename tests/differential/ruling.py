"""Hypothesis strategies for access rules: roles, conditions on rows, and their nesting."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from hypothesis import strategies as st

from differential.settings import HIERARCHY, ROLES, Setting
from model.definition import Condition, Firewall, InCode, Json, Rule, Table

Draw: TypeAlias = st.DrawFn

STATUSES = ("draft", "open", "closed")
CONDITIONS: dict[str, tuple[tuple[str, ...], tuple[Json, ...]]] = {
    "status": (("equals", "notEquals", "in", "notIn"), STATUSES),
    "amount": (
        ("equals", "notEquals", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", "in"),
        (1, 5, 100),
    ),
    "rank": (("lessThan", "greaterThanOrEqual", "notEquals", "notIn"), (1, 2, 3)),
    "active": (("equals", "notEquals"), (True, False)),
    "flagged": (("equals", "notEquals"), (True, False)),
    "dueAt": (("lessThan", "greaterThan", "greaterThanOrEqual"), ("2026-02-01T00:00:00.000Z",)),
    "notes": (("equals", "notEquals"), (None, "plain")),
    "createdBy": (("equals", "notEquals", "in"), ("$userId", "$ctx.userId")),
    "startAt": (("equals", "notEquals", "lessThanOrEqual"), ("2026-02-01T01:00:00.000Z", "2026-03-02T02:00:00Z")),
    "title": (("equals", "notEquals", "in"), ("Oak", "Lead")),
    "area": (("notEquals", "equals"), (None, "north")),
    "paused": (("equals", "notEquals"), (False, True)),
    "visits": (("equals", "greaterThan", "in"), (0, 1)),
    "heldAt": (("equals", "notEquals", "in"), ("2026-01-02T02:00:00.200Z", "2026-03-02T03:00:00.2+01:00")),
    "organizationId": (("equals", "notEquals"), ("$activeOrgId", "$ctx.activeOrgId")),
    "score": (("greaterThan", "lessThanOrEqual"), (0.5, 2)),
    "teamId": (("equals", "notEquals"), ("$activeTeamId", "$ctx.activeTeamId")),
}
IN_CODE: dict[str, tuple[str | int | bool, ...]] = {
    "status": STATUSES,
    "title": ("Oak", "Lead"),
    "rank": (1, 2),
    "active": (True, False),
    "amount": (1, 100),
}


def has_roles(firewall: Firewall) -> bool:
    """Whether organization roles mean something on the table."""
    return not firewall.exception or firewall.org_roles


def rules_of(table: Table) -> list[Rule]:
    """Every rule of a table."""
    found = [operation.access for operation in table.crud.values()]
    found += [batch.access for batch in table.batches.values() if batch.access]
    return [*found, *(view.access for view in table.views.values()), *(one.access for one in table.actions.values())]


def columns_of(rule: Rule) -> Iterator[str]:
    """Every column that a rule looks at."""
    yield from (condition.column for condition in rule.record)
    yield from (rule.code.column,) if rule.code else ()
    for branch in (*rule.any_of, *rule.all_of):
        yield from columns_of(branch)


@dataclass(frozen=True)
class Rules:
    """Draws access rules that fit one table."""

    draw: Draw
    table: Table
    setting: Setting

    def rule(self, *, record: bool = True, public: bool = False, code: bool = False, depth: int = 2) -> Rule:
        """A rule: a leaf, an alternative, a conjunction, a nesting of them, or code."""
        if code and self.draw(st.integers(0, 5)) == 0:
            return self.with_code(record)
        shapes = ("leaf", "leaf", "any", "any", "all", "both", *(("deep",) if depth else ()))
        match self.draw(st.sampled_from(shapes if record else ("leaf", "any"))):
            case "leaf":
                return replace(self.leaf(public), record=self.conditions() if record else ())
            case "any":
                last = replace(self.leaf(public), record=self.conditions() if record else ())
                return Rule(any_of=(self.leaf(public), last))
            case "all":
                return Rule(all_of=(self.leaf(public), Rule(any_of=(self.record(), self.record()))))
            case "deep":
                inner = self.rule(public=public, depth=depth - 1)
                beside = self.record(beside=inner)
                both = Rule(all_of=(inner, beside)) if beside.record else inner
                return Rule(any_of=(both, self.rule(depth=depth - 1)))
            case _:
                return replace(self.leaf(public), any_of=(self.record(), replace(self.leaf(False), record=())))

    def with_code(self, record: bool) -> Rule:
        """A rule in code, alone or as a branch."""
        code, other = Rule(code=self.code(record)), self.rule(record=record, depth=0)
        match self.draw(st.sampled_from(("alone", "alone", "or", "and", "beside"))):
            case "alone":
                return code
            case "or":
                return Rule(any_of=(other, code))
            case "and":
                return Rule(all_of=(code, other))
            case _:
                return replace(self.leaf(False), any_of=(other, code))

    def code(self, record: bool) -> InCode:
        """A rule in code: of the caller, and of the row if there is one."""
        role = self.draw(st.sampled_from(ROLES if self.setting.organizations else ("user", "admin")))
        names = [name for name in IN_CODE if self.table.column(name)]
        if not record or not names:
            return InCode(role)
        name = self.draw(st.sampled_from(names))
        return InCode(role, name, self.draw(st.sampled_from(IN_CODE[name])), self.draw(st.booleans()))

    def leaf(self, public: bool) -> Rule:
        """Roles alone, of the organization or of the platform."""
        if has_roles(self.table.firewall) and self.draw(st.integers(0, 9)) == 0:
            roles = self.draw(st.sampled_from(((), *self.setting.roles))) if self.setting.organizations else ()
            return Rule(roles, user_role=(self.draw(st.sampled_from(("admin", "admin", "user"))),))
        if not has_roles(self.table.firewall):
            names = ("PUBLIC", "AUTHENTICATED") if public else ("AUTHENTICATED",)
            chosen = self.draw(st.sampled_from(names))
            signed = self.draw(st.integers(0, 4)) == 0 and chosen == "AUTHENTICATED"
            return Rule(user_role=(self.draw(st.sampled_from(("user", "admin"))),)) if signed else Rule((chosen,))
        if self.table.firewall.organization is None and self.draw(st.booleans()):
            return Rule(("AUTHENTICATED",))
        if self.setting.hierarchy and self.draw(st.booleans()):
            return Rule((f"{self.draw(st.sampled_from(HIERARCHY[:3]))}+",))
        return Rule(self.draw(st.sampled_from(self.setting.roles)))

    def record(self, beside: Rule | None = None) -> Rule:
        """Conditions alone; none on a column of the rule beside it, lest nobody could satisfy both."""
        return Rule(record=self.conditions(1, set(columns_of(beside)) if beside else ()))

    def conditions(self, least: int = 0, taken: Collection[str] = ()) -> tuple[Condition, ...]:
        """Record conditions on distinct columns."""
        names = [n for n in CONDITIONS if n == "createdBy" or self.table.column(n)]
        names += [self.table.firewall.owner] if self.table.firewall.owner else []
        free = [name for name in names if name not in taken]
        chosen = self.draw(st.lists(st.sampled_from(free), min_size=least, max_size=2, unique=True)) if free else []
        return tuple(self.condition(name) for name in chosen)

    def condition(self, name: str) -> Condition:
        operators, values = CONDITIONS.get(name, CONDITIONS["createdBy"])
        operator = self.draw(st.sampled_from(operators))
        if operator in ("in", "notIn"):
            items = self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
            return Condition(name, operator, list(items))
        return Condition(name, operator, self.draw(st.sampled_from(values)))
