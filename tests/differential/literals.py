"""TypeScript values: literals, and access rules as a developer writes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from model.definition import Condition, InCode, Rule


@dataclass(frozen=True)
class Code:
    """TypeScript that is written as it is."""

    text: str


def literal(value: object) -> str:
    """A TypeScript literal."""
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    return json.dumps(value)


def rule_value(rule: Rule) -> object:
    """An access rule; one in code is nothing else."""
    if rule.code:
        return _function(rule.code)
    found: dict[str, object] = {"roles": rule.roles} if rule.roles else {}
    found |= {"userRole": rule.user_role} if rule.user_role else {}
    found |= {"record": _record(rule.record)} if rule.record else {}
    found |= {"or": [rule_value(branch) for branch in rule.any_of]} if rule.any_of else {}
    return found | ({"and": [rule_value(branch) for branch in rule.all_of]} if rule.all_of else {})


def _function(code: InCode) -> Code:
    has_role, joined = f"ctx.roles.includes({literal(code.role)})", "&&" if code.both else "||"
    if not code.column:
        return Code(f"(ctx) => {has_role}")
    return Code(f"(ctx, record) => {has_role} {joined} record.{code.column} === {literal(code.value)}")


def _record(conditions: tuple[Condition, ...]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for condition in conditions:
        found.setdefault(condition.column, {})[condition.operator] = condition.value
    return found
