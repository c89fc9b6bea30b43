"""Hypothesis strategies for access rules: roles, conditions on rows, and their nesting."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from hypothesis import strategies as st

from differential.settings import HIERARCHY, Setting
from model.definition import Condition, Firewall, Json, Rule, Table

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
}


def has_roles(firewall: Firewall) -> bool:
    """Whether organization roles mean something on the table."""
    return not firewall.exception or firewall.org_roles


@dataclass(frozen=True)
class Rules:
    """Draws access rules that fit one table."""

    draw: Draw
    table: Table
    setting: Setting

    def rule(self, *, record: bool = True, public: bool = False) -> Rule:
        """A rule: a leaf, an alternative, or a conjunction."""
        shape = self.draw(st.sampled_from(("leaf", "leaf", "any", "any", "all", "both") if record else ("leaf", "any")))
        match shape:
            case "leaf":
                return replace(self.leaf(public), record=self.conditions() if record else ())
            case "any":
                last = replace(self.leaf(public), record=self.conditions() if record else ())
                return Rule(any_of=(self.leaf(public), last))
            case "all":
                return Rule(all_of=(self.leaf(public), Rule(any_of=(self.record(), self.record()))))
            case _:
                return replace(self.leaf(public), any_of=(self.record(), replace(self.leaf(False), record=())))

    def leaf(self, public: bool) -> Rule:
        """Roles alone."""
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

    def record(self) -> Rule:
        return Rule(record=self.conditions(least=1))

    def conditions(self, least: int = 0) -> tuple[Condition, ...]:
        """Record conditions on distinct columns."""
        names = [n for n in CONDITIONS if n == "createdBy" or self.table.column(n)]
        if owner := self.table.firewall.owner:
            names.append(owner)
        chosen = self.draw(st.lists(st.sampled_from(names), min_size=least, max_size=2, unique=True))
        return tuple(self.condition(name) for name in chosen)

    def condition(self, name: str) -> Condition:
        operators, values = CONDITIONS.get(name, CONDITIONS["createdBy"])
        operator = self.draw(st.sampled_from(operators))
        if operator in ("in", "notIn"):
            items = self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True))
            return Condition(name, operator, list(items))
        return Condition(name, operator, self.draw(st.sampled_from(values)))
