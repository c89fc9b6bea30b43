"""Compares a resource module with the model: firewall, rules, guards and masks are the declared ones."""

from collections.abc import Callable, Iterator

from qb_compiler.blocks.access.model import Condition, ContextValue, Rule
from qb_compiler.blocks.firewall.model import OwnerScope, Scope
from qb_compiler.contracts.boundary import Boundary, operation_rules, view_rules
from qb_compiler.contracts.literals import Data, Reference, Unreadable, read
from qb_compiler.contracts.typescript import Module, line
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.literal import Scalar
from qb_compiler.model.resource import Resource

PLAIN = {"userId", "activeOrgId", "activeTeamId"}
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


def firewall_matches(module: Module, resource: Resource, found: Examination) -> Iterator[str]:
    """Every scope compares its column with the caller's value, and soft-deleted rows are left out."""
    node = module.exported.get("firewall")
    if node is None:
        yield "`firewall` is missing"
        return
    found.rules += 1
    written = {" ".join(module.text(call.node).split()) for call in module.calls_in(node)}
    predicates = {text for text in written if text.startswith(("matches(", "isNull("))}
    firewall = resource.firewall
    expected = {scope_text(module, scope) for scope in (firewall.organization, firewall.owner, firewall.team) if scope}
    if firewall.soft_delete:
        expected.add(f"isNull({table(module)}.{firewall.soft_delete})")
    if predicates != expected:
        yield f"the firewall is {sorted(predicates)}, declared is {sorted(expected)}"
    for name in ("firewall", "prepared"):
        if passed(module, name) not in ({"firewall"} if name == "firewall" else {"firewall", "null"}):
            yield f"`resource.{name}` is not the firewall"
    body = " ".join(module.text(node).split())
    bypasses = "everyRow" in body and bool(expected)
    if bypasses and not (firewall.owner and firewall.owner.optional):
        yield "the firewall has a way round that is not declared"
    if " or(" in body or "||" in body:
        yield "the firewall joins its predicates with `or`"


def table(module: Module) -> str:
    """The name that the module imports its table under: the `table` of its `resource`."""
    return passed(module, "table")


def passed(module: Module, name: str) -> str:
    """What stands in `resource` under a name, as written."""
    resource = module.exported.get("resource")
    for child in resource.named_children if resource else ():
        written = module.text(child)
        if written == name or written.startswith(f"{name}:"):
            return written.removeprefix(f"{name}:").strip()
    return ""


def scope_text(module: Module, scope: Scope | OwnerScope) -> str:
    source = f"ctx.{scope.source}" if scope.source in PLAIN else f'contextValue(ctx, "{scope.source}")'
    return f"matches({table(module)}.{scope.column}, {source})"


def guards_match(module: Module, resource: Resource) -> Iterator[str]:
    """No protected, immutable or system column is writable, and nothing beyond the declared lists."""
    node = module.exported.get("guards")
    if node is None:
        return
    data, guards = read(module, node), resource.guards
    if not isinstance(data, dict):
        yield "`guards` is not an object"
        return
    listed = {key: {str(name) for name in value} for key, value in data.items() if isinstance(value, tuple)}
    if not guards.open and listed["updatable"] - set(guards.updatable):
        yield f"undeclared updatable columns: {sorted(listed['updatable'] - set(guards.updatable))}"
    allowed = {*guards.createable, *guards.immutable, resource.id_column.name}
    if not guards.open and listed["createable"] - allowed:
        yield f"undeclared createable columns: {sorted(listed['createable'] - allowed)}"
    missing = set(resource.firewall.scope_columns) - listed["system"]
    if missing:
        yield f"scope columns a client could set: {sorted(missing)}"


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
        hide = HIDES.get(str(mask.kind))
        roles = rule.get("roles")
        if hide and rule.get("hide") != Reference(hide):
            yield f"`{mask.column}` is not masked as {mask.kind}"
        if set(roles if isinstance(roles, tuple) else ()) != set(mask.show_roles):
            yield f"`{mask.column}` is shown to other roles than declared"
        if bool(rule.get("owner")) != mask.show_owner:
            yield f"the owner's exception of `{mask.column}` is not as declared"
    if extra := set(shown) - {mask.column for mask in resource.masking.masks}:
        yield f"undeclared masks: {', '.join(sorted(extra))}"


def check_resource(module: Module, resource: Resource, found: Examination) -> None:
    """All comparisons of one resource module."""
    found.files += 1
    comparisons: dict[str, Callable[[], Iterator[str]]] = {
        "requireDeclaredFirewall": lambda: firewall_matches(module, resource, found),
        "requireDeclaredAccess": lambda: rules_match(module, "access", operation_rules(resource), found),
        "requireDeclaredViews": lambda: rules_match(module, "viewAccess", view_rules(resource), found),
        "requireDeclaredGuards": lambda: guards_match(module, resource),
        "requireDeclaredMasking": lambda: masks_match(module, resource, found),
    }
    for contract, compare in comparisons.items():
        found.violations.extend(compared(contract, compare, module, resource.key))


def check_actions(module: Module, boundary: Boundary, found: Examination) -> None:
    """The rules of the actions are the declared ones."""
    found.files += 1
    expected = {action.name: action.access for action in boundary.actions}
    contract = "requireDeclaredAccess"
    found.violations.extend(
        compared(contract, lambda: rules_match(module, "actionAccess", expected, found), module, boundary.name)
    )


def compared(contract: str, compare: Callable[[], Iterator[str]], module: Module, table: str) -> list[Violation]:
    """What a comparison says, each message as a violation; a shape that cannot be read is one, too."""
    try:
        messages = list(compare())
    except Unreadable as unreadable:
        messages = [f"it cannot be read: {unreadable}"]
    node = module.exported.get("resource") or module.root
    return [Violation(contract, "hono", module.path, line(node), table, "", message) for message in messages]
