"""Access rules as the data that the runtime evaluates, and what can be known of a rule before any request."""

from collections.abc import Callable
from enum import Enum

from qb_compiler.blocks.access.model import Condition, ContextValue, Rule
from qb_compiler.model.literal import Scalar
from qb_compiler.targets.api.code import Code, Entry, Group, array, literal, object_, strings, text


def rule_code(rule: Rule) -> Code:
    """The rule as an object literal. What is in code asks for a signed-in caller here; its own answer comes later."""
    return strings_rule("AUTHENTICATED") if rule.function else _object(rule, rule_code)


def mixed_code(rule: Rule) -> Code:
    """The same object with the author's functions in their places."""
    return rule.function.text if rule.function else mixed_object(rule)


def mixed_object(rule: Rule) -> Group:
    """A rule that is not one function, but may have some among its branches."""
    return _object(rule, mixed_code)


def strings_rule(*roles: str) -> Group:
    return object_([("roles", strings(roles))])


def _object(rule: Rule, of_branch: Callable[[Rule], Code]) -> Group:
    entries: list[tuple[str, Code]] = []
    if (roles := _roles(rule)) is not None:
        entries.append(("roles", strings(roles)))
    if rule.user_roles is not None:
        entries.append(("userRole", strings(rule.user_roles)))
    if rule.record:
        entries.append(("record", _record(rule.record)))
    if rule.any_of:
        entries.append(("or", array([of_branch(branch) for branch in rule.any_of])))
    if rule.all_of:
        entries.append(("and", array([of_branch(branch) for branch in rule.all_of])))
    return object_(entries)


def _roles(rule: Rule) -> tuple[str, ...] | None:
    pseudo = [name for name, used in (("PUBLIC", rule.public), ("AUTHENTICATED", rule.authenticated)) if used]
    return (*pseudo, *(rule.roles or ())) if pseudo or rule.roles is not None else None


def _record(conditions: tuple[Condition, ...]) -> Code:
    columns = dict.fromkeys(condition.column for condition in conditions)
    return object_([(column, _of_column(column, conditions)) for column in columns])


def _of_column(column: str, conditions: tuple[Condition, ...]) -> Code:
    return object_([(c.operator.value, _operand(c)) for c in conditions if c.column == column])


def _operand(condition: Condition) -> Code:
    if condition.operator.value in {"in", "notIn"}:
        return array([_value(value) for value in condition.values])
    return _value(condition.values[0])


def _value(value: Scalar | ContextValue) -> Code:
    return f"fromContext({text(value.path)})" if isinstance(value, ContextValue) else literal(value)


def uses_context(code: Code) -> bool:
    """Whether the printed rules read the caller's context."""
    if isinstance(code, str):
        return code.startswith("fromContext(")
    return uses_context(code.value) if isinstance(code, Entry) else any(uses_context(item) for item in code.items)


class _Anonymous(Enum):
    """What a rule says about a caller who is not signed in. `SILENT` neither admits nor refuses."""

    ADMITTED = 1
    SILENT = 2
    REFUSED = 3


def is_anonymous(rule: Rule) -> bool:
    """Whether somebody who is not signed in can satisfy the rule: `PUBLIC` must say so."""
    return _anonymous(rule) is _Anonymous.ADMITTED


def _anonymous(rule: Rule) -> _Anonymous:
    found = [_anonymous_roles(rule), *(_anonymous(branch) for branch in rule.all_of)]
    if rule.any_of:
        found.append(min((_anonymous(branch) for branch in rule.any_of), key=lambda answer: answer.value))
    if _Anonymous.REFUSED in found:
        return _Anonymous.REFUSED
    return _Anonymous.ADMITTED if _Anonymous.ADMITTED in found else _Anonymous.SILENT


def _anonymous_roles(rule: Rule) -> _Anonymous:
    if rule.user_roles is not None or rule.function:
        return _Anonymous.REFUSED
    if rule.public:
        return _Anonymous.ADMITTED
    return _Anonymous.SILENT if rule.roles is None and not rule.authenticated else _Anonymous.REFUSED
