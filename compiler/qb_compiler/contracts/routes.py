"""The contracts of one routes module: every handler walks through the gates in order, every query stays inside."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from qb_compiler.contracts import queries
from qb_compiler.contracts.duties import Acting, Duties, Duty
from qb_compiler.contracts.handlers import Handler, handlers, registrations, reservations
from qb_compiler.contracts.shape import check_shape
from qb_compiler.contracts.typescript import Module, arguments, callee, constants, line, unwrapped
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.record import record

DATABASES = {"featuresDb", "actionDb"}
MASKS = {"maskRow", "maskRows"}
SENDERS = {"send": 1, "sendPage": 1, "sendBatch": 2}
"""Who sends what: the place of the body, or of the function that makes one item of it, among the arguments."""
MODULES = ("hono", "drizzle-orm", "../../lib/", "../../db/connections", "../../db/scoped", "../../auth/", "./", "zod")
STATEMENTS = {"updateRow", "softDeleteRow", "hardDeleteRow"}
"""Shared statements that repeat the rule of the operation, which stands after the resource."""
SHARED = {
    "fetchRow": 2,
    "fetchRows": 2,
    "fetchAcrossTenants": 1,
    "insertRow": 2,
    "putRow": 2,
    **dict.fromkeys(STATEMENTS, 2),
}
"""The place of the resource among the arguments of the shared queries."""
RECORD_STEPS = {"requireRecord", "requireItem", "recordFilter", "requireState"}
CODE_STEPS = {"requireCode", "requireCodeVisible", "requireCodeState", "checkCode"}
WRITES = {"create", "update", "put", "batchCreate", "batchUpdate", "batchUpsert"}


@record
class Route:
    """A handler with what the definition says about it."""

    handler: Handler
    duties: Duties
    duty: Duty | None

    @property
    def action(self) -> Acting | None:
        return self.duty.action if self.duty else None

    @property
    def module(self) -> Module:
        return self.handler.module

    def violation(self, contract: str, at: int, message: str) -> Violation:
        path, table = self.module.path, self.duties.name
        return Violation(contract, "hono", path, at, table, self.handler.operation, message)


def position(route: Route, names: set[str]) -> int | None:
    """Where in the sequence of calls the first of these is."""
    return next((at for at, step in enumerate(route.handler.steps()) if step in names), None)


def auth_gate(route: Route) -> Iterator[Violation]:
    """The first step asks who is calling; only a public rule may let strangers pass, and then counts their calls."""
    steps = route.handler.steps()
    if steps[:1] == ["authenticate"]:
        return
    if steps[:2] == ["limitPublic", "identify"] and route.duty is not None and route.duty.public:
        return
    yield route.violation("requireAuthGate", route.handler.line, "the handler does not begin with `authenticate`")


def platform_gate(route: Route) -> Iterator[Violation]:
    """An action for platform admins asks the database who is one, even if a JWT says so."""
    if route.action is None or not (route.action.crosses_tenants or route.action.admin_only):
        return
    asked = route.handler.find("authenticate") or route.handler.find("identify")
    given = [route.module.text(node) for node in arguments(asked)] if asked else []
    if given[1:] != ["{ fresh: true }"]:
        message = "the platform role may be that of a JWT, and not what it is now"
        yield route.violation("requireAuthGate", route.handler.line, message)
    if position(route, {"requireCrossTenant", "requirePlatformAdmin"}) is None:
        yield route.violation("requireAccessGate", route.handler.line, "a platform admin is not required")


def organization_gate(route: Route) -> Iterator[Violation]:
    if not route.duties.needs_organization or crosses_tenants(route):
        return
    gate, database = position(route, {"requireOrganization"}), position(route, DATABASES)
    if gate is None or (database is not None and gate > database):
        message = "the caller's organization is not required before the database is used"
        yield route.violation("requireOrganizationGate", route.handler.line, message)


def scope_gate(route: Route) -> Iterator[Violation]:
    """What a scope compares with is asked for right after the role; `steps` holds the order."""
    asked = [route.module.text(call.node) for call in route.handler.calls if call.name == "requireScope"]
    scopes = route.duty.scopes if route.duty else ()
    if asked != [f'requireScope(ctx, "{source}")' for source in scopes]:
        message = f"the caller is asked for {asked or 'no scope'}, declared is {list(scopes)}"
        yield route.violation("requireOrganizationGate", route.handler.line, message)


def crosses_tenants(route: Route) -> bool:
    return route.action is not None and route.action.crosses_tenants


def rule_names(operation: str, duties: Duties) -> set[str]:
    """How the code names the rule of an operation; an action's own path is not its name."""
    kind, _, name = operation.partition(" ")
    action = duties.action_of(operation)
    name = action.name if action else name
    if kind == "view":
        return {f"viewAccess.{name}", f'viewAccess["{name}"]'}
    if kind == "action":
        return {f"actionAccess.{name}", f'actionAccess["{name}"]'}
    return {f"access.{operation}"}


def access_gate(route: Route) -> Iterator[Violation]:
    """The operation's own rule is required before the database is used, and again on the row if it looks at rows."""
    gate, database = route.handler.find("requireRole"), position(route, DATABASES)
    given = arguments(gate) if gate else []
    expected = rule_names(route.handler.operation, route.duties)
    if not given or route.module.text(given[0]) not in expected:
        message = f"the handler does not require `{min(expected)}`"
        yield route.violation("requireAccessGate", route.handler.line, message)
    elif database is not None and (position(route, {"requireRole"}) or 0) > database:
        yield route.violation("requireAccessGate", route.handler.line, "the database is used before access is checked")
    if route.duty and route.duty.needs_record and not applies_record(route):
        yield route.violation("requireAccessGate", route.handler.line, "the rule's record conditions are not applied")
    yield from passes_own_rule(route, expected)


def passes_own_rule(route: Route, expected: set[str]) -> Iterator[Violation]:
    """A change is given the rule of this operation, not of another."""
    for call in route.handler.calls:
        given = [route.module.text(node) for node in arguments(call.node)]
        if call.name in STATEMENTS and given[3:4] != [min(expected)]:
            message = f"the statement is given `{', '.join(given[3:4])}`"
            yield route.violation("requireAccessGate", line(call.node), message)


def own_resource(route: Route) -> Iterator[Violation]:
    """The shared queries are given this table's resource, and so its firewall."""
    for call in route.handler.calls:
        place = SHARED.get(call.name)
        if place is not None and [route.module.text(node) for node in arguments(call.node)][place : place + 1] != [
            "resource"
        ]:
            yield route.violation("requireFirewallScope", line(call.node), "a query of another table's resource")


def applies_record(route: Route) -> bool:
    """A rule in code is asked itself: the data that stands for it only wants a signed-in caller."""
    steps = set(route.handler.steps())
    in_code = route.duty is not None and route.duty.code
    return bool(steps & (CODE_STEPS if in_code else RECORD_STEPS))


def guard_wiring(route: Route) -> Iterator[Violation]:
    """A body reaches the database only after the guards saw its keys."""
    operation = route.handler.operation
    if operation not in WRITES:
        return
    if not any(step.startswith(("checkCreate", "checkUpdate", "checkPut")) for step in route.handler.steps()):
        yield route.violation("requireGuardWiring", route.handler.line, "the body is written without its guards")


def masking_usage(route: Route) -> Iterator[Violation]:
    """What is sent is a masked row, or holds no row."""
    for call in route.handler.calls:
        if call.name == "sendResult" and (route.action is None or route.action.returns_record):
            yield route.violation("requireMaskingUsage", line(call.node), "a row may be sent without its masks")
        place = SENDERS.get(call.name)
        if place is None:
            continue
        given = arguments(call.node)
        if len(given) <= place or not is_masked(route, result(given[place])):
            yield route.violation("requireMaskingUsage", line(call.node), "a row may be sent without its masks")


def result(node: Node) -> Node:
    """What an arrow function returns, when it is one expression; else the node itself."""
    body = node.child_by_field_name("body")
    return body if node.type == "arrow_function" and body is not None else node


def is_masked(route: Route, node: Node) -> bool:
    """A mask call, a constant bound to one, an object of such values, or a literal."""
    node = unwrapped(node)
    if node.type == "call_expression":
        return callee(route.module, node) in MASKS | {"pagination"}
    if node.type == "identifier":
        name = route.module.text(node)
        bound = constants(route.module, route.handler.body).get(name)
        return name == "id" or (bound is not None and is_masked(route, bound))
    if node.type == "object":
        return all(is_masked_member(route, member) for member in node.named_children)
    return node.type in {"true", "false", "null", "string", "number"} or route.module.text(node) in {
        "query.columns",
        "query.fields",
    }


def is_masked_member(route: Route, member: Node) -> bool:
    if member.type == "shorthand_property_identifier":
        name = route.module.text(member)
        bound = constants(route.module, route.handler.body).get(name)
        return name == "id" or (bound is not None and is_masked(route, bound))
    value = member.child_by_field_name("value")
    return member.type == "pair" and value is not None and is_masked(route, value)


def action_validation(route: Route) -> Iterator[Violation]:
    """An action runs on input that its own schema has parsed."""
    if route.action is None:
        return
    read, execute = route.handler.find("readInput"), position_of_execute(route)
    given = [route.module.text(node) for node in arguments(read)] if read else []
    names = {f"actions.{route.action.name}.input", f'actions["{route.action.name}"].input'}
    at = position(route, {"readInput"})
    if len(given) != 2 or given[1] not in names or at is None or execute is None or at > execute:
        message = "the input is not validated before the action runs"
        yield route.violation("requireActionValidation", route.handler.line, message)


def position_of_execute(route: Route) -> int | None:
    steps = route.handler.steps()
    return next((at for at, step in enumerate(steps) if step.endswith(".execute")), None)


def unsafe_audit(route: Route) -> Iterator[Violation]:
    """Whoever leaves the firewall is a platform admin, and leaves a trail; so does a stranger who writes."""
    crossing = crosses_tenants(route)
    gate, database = position(route, {"requireCrossTenant"}), position(route, DATABASES)
    if crossing and (gate is None or (database is not None and gate > database)):
        message = "a cross-tenant action does not require a platform admin first"
        yield route.violation("requireUnsafeAuditTrail", route.handler.line, message)
    public_write = route.duty is not None and route.duty.public and route.handler.verb != "get"
    if (crossing or public_write) and not route.handler.audited:
        yield route.violation("requireUnsafeAuditTrail", route.handler.line, "the call leaves no audit trail")
    if "fetchAcrossTenants" in route.handler.steps() and not crossing:
        message = "a record is fetched past the firewall"
        yield route.violation("requireFirewallScope", route.handler.line, message)


GATES: tuple[Callable[[Route], Iterator[Violation]], ...] = (
    auth_gate,
    platform_gate,
    organization_gate,
    scope_gate,
    access_gate,
    own_resource,
    guard_wiring,
    masking_usage,
    action_validation,
    unsafe_audit,
)


def firewall_scope(module: Module, duties: Duties, found: Examination) -> None:
    """Every query of a routes module is a select inside the firewall; what changes rows is shared."""
    for query in queries.queries(module, module.root):
        found.queries += 1
        message = queries.outside(query, "firewall") if query.kind == "select" else f"a {query.kind} of its own"
        if message:
            scope = (module.path, query.line, duties.name, query.kind)
            found.violations.append(Violation("requireFirewallScope", "hono", *scope, message))


def gateway(module: Module, duties: Duties) -> Iterator[Violation]:
    """A routes module reaches its own table, and the database only through the connections module."""
    for node in module.root.named_children:
        if node.type != "import_statement":
            continue
        source = module.text(node.child_by_field_name("source") or node)[1:-1]
        if not source.startswith(MODULES):
            message = f"`{source}` is imported past the gateway"
            yield Violation("requireGateway", "hono", module.path, line(node), duties.name, "", message)


def check_routes(module: Module, duties: Duties) -> Examination:
    """All contracts of one module."""
    found = Examination(files=1)
    served = handlers(module)
    found.violations.extend(registered(module, duties, served))
    for handler in served:
        found.routes += 1
        route = Route(handler, duties, duties.operations.get(handler.operation))
        found.violations.extend(violation for gate in GATES for violation in gate(route))
    firewall_scope(module, duties, found)
    found.violations.extend(gateway(module, duties))
    found.violations.extend(check_shape(module, duties, served, rule_names))
    return found


def registered(module: Module, duties: Duties, served: list[Handler]) -> Iterator[Violation]:
    """Exactly the declared routes are served, each in a shape that can be checked."""
    place = ("hono", module.path, 1, duties.name)
    rules = duties.operations
    if not module.exported or len(served) != registrations(module):
        yield Violation("requireAuthGate", *place, "", "a route is registered in a way that cannot be checked")
    if not reserved(module, duties, served):
        yield Violation("requireAccessGate", *place, "", "a batch that is not offered is taken for an id")
    for name in sorted(set(rules) ^ {handler.operation for handler in served}):
        message = f"`{name}` is {'declared but not served' if name in rules else 'served but not declared'}"
        yield Violation("requireAccessGate", *place, name, message)


BATCHES = {"update": "batchUpdate", "delete": "batchDelete", "put": "batchUpsert"}


def reserved(module: Module, duties: Duties, served: list[Handler]) -> bool:
    """Whether `/batch` is kept from the writes of one record exactly where a batch is missing beside one."""
    rules, found = duties.operations, reservations(module)
    if not any(single in rules and batch not in rules for single, batch in BATCHES.items()):
        return not found
    writes = [handler.body.start_byte for handler in served if handler.operation in BATCHES]
    return len(found) == 1 and found[0].start_byte < min(writes, default=0)
