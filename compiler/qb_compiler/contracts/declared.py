"""Compares a resource module with the model: firewall, rules, guards and masks are the declared ones."""

from collections.abc import Callable, Iterator

from qb_compiler.blocks.access.model import Condition, ContextValue, Rule
from qb_compiler.contracts.boundary import Boundary, operation_rules, view_rules
from qb_compiler.contracts.guarded import guards_match
from qb_compiler.contracts.literals import Data, Reference, Unreadable, read
from qb_compiler.contracts.served import columns_match, rows_match
from qb_compiler.contracts.tables import member
from qb_compiler.contracts.transitions import transitions_match
from qb_compiler.contracts.typescript import Module, line
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.literal import Scalar
from qb_compiler.model.resource import Resource

HIDES = {
    "email": "maskEmail",
    "phone": "maskPhone",
    "ssn": "maskSsn",
    "creditCard": "maskCreditCard",
    "name": "maskName",
    "redact": "redact",
}


def rule_data(rule: Rule) -> Data:
    """A rule of the model in the shape that the generated code writes it; code stands there as a signed-in caller."""
    if rule.function:
        return {"roles": ("AUTHENTICATED",)}
    pseudo = (*(("PUBLIC",) if rule.public else ()), *(("AUTHENTICATED",) if rule.authenticated else ()))
    named = rule.roles is not None or pseudo
    data: dict[str, Data] = {"roles": tuple(sorted((*pseudo, *(rule.roles or ()))))} if named else {}
    if rule.user_roles is not None:
        data["userRole"] = tuple(sorted(rule.user_roles))
    if rule.record:
        data["record"] = record_data(rule.record)
    if rule.any_of:
        data["or"] = tuple(rule_data(branch) for branch in rule.any_of)
    if rule.all_of:
        data["and"] = tuple(rule_data(branch) for branch in rule.all_of)
    return data


def record_data(conditions: tuple[Condition, ...]) -> Data:
    columns: dict[str, dict[str, Data]] = {}
    for condition in conditions:
        values = tuple(operand(value) for value in condition.values)
        is_list = condition.operator in {"in", "notIn"}
        columns.setdefault(condition.column, {})[str(condition.operator)] = values if is_list else values[0]
    return dict(columns)


def operand(value: Scalar | ContextValue) -> Data:
    return Reference(f"$ctx.{value.path}") if isinstance(value, ContextValue) else value


def normalised(data: Data) -> Data:
    """Roles are a set: their order says nothing."""
    if isinstance(data, tuple):
        return tuple(normalised(item) for item in data)
    if isinstance(data, dict):
        return {
            key: sorted_roles(value) if key in {"roles", "userRole"} else normalised(value)
            for key, value in data.items()
        }
    return data


def sorted_roles(value: Data) -> Data:
    return tuple(sorted(value, key=str)) if isinstance(value, tuple) else value


def rules_match(module: Module, name: str, expected: dict[str, Rule], found: Examination) -> Iterator[str]:
    """The object `access`, `viewAccess` or `actionAccess` holds exactly the declared rules."""
    node = module.exported.get(name)
    if node is None:
        if expected:
            yield f"`{name}` is missing"
        return
    data = normalised(read(module, node))
    if not isinstance(data, dict):
        yield f"`{name}` is not an object"
        return
    for key, rule in expected.items():
        found.rules += 1
        if data.get(key) != rule_data(rule):
            yield f"`{name}.{key}` is not the declared rule"
    if extra := set(data) - set(expected):
        yield f"`{name}` holds undeclared rules: {', '.join(sorted(extra))}"


def masks_match(module: Module, resource: Resource, found: Examination) -> Iterator[str]:
    """Every mask hides with its own function, from everybody but those declared."""
    node = module.exported.get("masks")
    data = read(module, node) if node is not None else ()
    shown = {str(item[0]): item[1] for item in data if isinstance(item, tuple)} if isinstance(data, tuple) else {}
    for mask in resource.masking.masks:
        found.rules += 1
        rule = shown.get(mask.column)
        if not isinstance(rule, dict):
            yield f"`{mask.column}` is not masked"
            continue
        hide = HIDES.get(str(mask.kind), member("customMasks", mask.column))
        roles = rule.get("roles")
        if rule.get("hide") != Reference(hide):
            yield f"`{mask.column}` is not masked as {mask.kind}"
        if set(roles if isinstance(roles, tuple) else ()) != set(mask.show_roles):
            yield f"`{mask.column}` is shown to other roles than declared"
        if bool(rule.get("owner")) != mask.show_owner:
            yield f"the owner's exception of `{mask.column}` is not as declared"
    if extra := set(shown) - {mask.column for mask in resource.masking.masks}:
        yield f"undeclared masks: {', '.join(sorted(extra))}"


def check_resource(module: Module, boundary: Boundary, resource: Resource, found: Examination) -> None:
    """All comparisons of one resource module."""
    found.files += 1
    found.rules += 1
    comparisons: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("requireDeclaredFirewall", lambda: rows_match(module, boundary, resource)),
        ("requireDeclaredAccess", lambda: rules_match(module, "access", operation_rules(resource), found)),
        ("requireDeclaredViews", lambda: rules_match(module, "viewAccess", view_rules(resource), found)),
        ("requireDeclaredViews", lambda: columns_match(module, boundary, resource)),
        ("requireDeclaredGuards", lambda: guards_match(module, boundary, resource)),
        ("requireDeclaredMasking", lambda: masks_match(module, resource, found)),
    )
    for contract, compare in comparisons:
        found.violations.extend(compared(contract, compare, module, resource.key))


def check_actions(module: Module, boundary: Boundary, found: Examination) -> None:
    """The rules of the actions are the declared ones, and so are their transitions."""
    found.files += 1
    expected = {action.name: action.access for action in boundary.actions}
    contract = "requireDeclaredAccess"
    comparisons: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: rules_match(module, "actionAccess", expected, found),
        lambda: transitions_match(module, boundary.actions),
    )
    for compare in comparisons:
        found.violations.extend(compared(contract, compare, module, boundary.name))


def compared(contract: str, compare: Callable[[], Iterator[str]], module: Module, table: str) -> list[Violation]:
    """What a comparison says, each message as a violation; a shape that cannot be read is one, too."""
    try:
        messages = list(compare())
    except Unreadable as unreadable:
        messages = [f"it cannot be read: {unreadable}"]
    node = module.exported.get("resource") or module.root
    return [Violation(contract, "hono", module.path, line(node), table, "", message) for message in messages]
