"""`src/db/scoped.ts`: the tables that actions reach are the declared ones, each behind its own firewall."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from qb_compiler.contracts.origins import Names, names_of, strange_declarations
from qb_compiler.contracts.predicates import firewall_differs, firewalls_differ, references_differ, stamps_differ
from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.tables import Held, quoted
from qb_compiler.contracts.typescript import Module, arguments, line, members
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.record import record

PATH = "src/db/scoped.ts"
OWN = {"featuresDb": "./connections"}
PARTS = ("created", "deleted", "deletedAt", "firewall", "locked", "modified", "references")
DATABASE = (
    "(env: Env, ctx: Ctx, options = { allowRawSql: false }): ScopedDatabase => "
    "new ScopedDb<Known, Stamped>(featuresDb(env), ctx, policies, options.allowRawSql)"
)


@record
class Gateway:
    """The module, what it calls its tables, and what the model knows of them."""

    module: Module
    names: Names
    tables: Mapping[str, Held]

    def text(self, node: Node | None) -> str:
        return flat(self.module, node) if node is not None else ""


def check_gateway(module: Module, tables: Mapping[str, Held]) -> Examination:
    found = Examination(files=1)
    gateway = Gateway(module, names_of(module, "", tables, OWN), tables)
    for node, message in _messages(gateway, found):
        found.violations.append(Violation("requireGateway", "hono", PATH, line(node), "", "", message))
    return found


def _messages(gateway: Gateway, found: Examination) -> Iterator[tuple[Node, str]]:
    module = gateway.module
    root = module.root
    top = (*gateway.names.strangers, *strange_declarations(module, {"policies", "actionDb"}))
    yield from ((root, message) for message in (*top, *firewalls_differ(module, gateway.tables, gateway.names)))
    if gateway.text(module.exported.get("actionDb")) != DATABASE:
        yield root, "`actionDb` is not the gateway over these policies"
    policies = list(_policies(gateway))
    expected = sorted(key for key, held in gateway.tables.items() if held.is_reached)
    if sorted(name for name, _ in policies) != sorted(gateway.names.tables.get(key, "") for key in expected):
        yield root, f"the gateway holds {sorted(name for name, _ in policies)}, declared is {expected}"
    by_name = dict(policies)
    for key in expected:
        policy = by_name.get(gateway.names.tables.get(key, ""))
        if policy is not None:
            found.rules += 1
            differences = _differences(gateway, gateway.tables[key], policy)
            yield from ((policy, f"`{key}`: {message}") for message in differences)


def _policies(gateway: Gateway) -> Iterator[tuple[str, Node]]:
    """Each table with its policy: `[table, { … }]`."""
    given = arguments(gateway.module.exported["policies"]) if "policies" in gateway.module.exported else []
    for entry in given[0].named_children if given else ():
        parts = entry.named_children
        if entry.type == "array" and len(parts) == 2 and parts[0].type == "identifier":
            yield gateway.text(parts[0]), parts[1]
        else:
            yield gateway.text(entry), entry


def _differences(gateway: Gateway, table: Held, policy: Node) -> Iterator[str]:
    if table.route is not None:
        own = f"policyOf({gateway.names.resources.get(table.key, '')}, {quoted(list(table.locked))})"
        if gateway.text(policy) != own:
            yield f"the policy is not `{own}`"
        return
    pairs = members(gateway.module, policy)
    written = dict(pairs)
    if policy.type != "object" or tuple(sorted(name for name, _ in pairs)) != PARTS:
        yield "the policy has other parts than it must have"
        return
    listed = ", ".join(quoted(column) for column in table.locked)
    if gateway.text(written["locked"]) != (f"new Set([{listed}])" if listed else "new Set()"):
        yield f"the columns that only the context sets are not {list(table.locked)}"
    yield from _internal(gateway, table, written)


def _internal(gateway: Gateway, table: Held, written: Mapping[str, Node]) -> Iterator[str]:
    """A table without routes has its policy here."""
    module, names = gateway.module, gateway.names
    local = names.tables[table.key]
    firewall = module.exported.get(gateway.text(written["firewall"]))
    if firewall_differs(module, firewall, table.predicates(local)):
        yield f"the firewall is not {table.predicates(local)}"
    if gateway.text(written["deletedAt"]) != quoted(table.soft_delete):
        yield "`deletedAt` is not the column of soft deletes"
    if references_differ(module, written["references"], table, gateway.tables, names):
        yield "the references are not the declared ones"
    stamps = (stamps_differ(module, written[what], table, what) for what in ("created", "modified", "deleted"))
    yield from (message for message in stamps if message)
