"""Holds the functions of a table to the model: the firewall, the references, and what the server sets in a row."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from qb_compiler.contracts.origins import Names
from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.tables import AUDIT, STAMPED, Held, Label, quoted
from qb_compiler.contracts.typescript import Module, arguments, callee, members, unwrapped

SIGNATURE = re.compile(r"\((_?ctx)?(: (Scoping|Ctx))?\)(: SQL)? => ")
SHARED = {"created": "createdNow", "modified": "modifiedNow", "deleted": "deletedNow"}
IDENTITY = r'(uuid|cuid|nanoid)\(\)|prefixedId\("\w+"\)'
MOMENT = r"(now|new Date\(\))(\.(toISOString|getTime)\(\))?"
OPENING = re.compile(r"\((_?ctx(: [A-Za-z &]+)?(, now( = new Date\(\))?)?)?\) => ")


def firewall_differs(module: Module, node: Node | None, expected: list[str]) -> bool:
    """Whether an arrow function is anything but all of these predicates together; without any, it is every row."""
    body = node.child_by_field_name("body") if node is not None and node.type == "arrow_function" else None
    if node is None or body is None or not SIGNATURE.match(flat(module, node)):
        return True
    if not expected:
        return flat(module, body) != "everyRow"
    given = sorted(flat(module, part) for part in arguments(body))
    return body.type != "call_expression" or callee(module, body) != "allOf" or given != sorted(expected)


def references_differ(module: Module, node: Node | None, table: Held, known: Mapping[str, Held], names: Names) -> bool:
    """Whether the map asks for other rows than the declared ones, or past their firewall."""
    expected = ", ".join(
        f"[{quoted(pointer.column)}, () => {_target(known[pointer.target], pointer.key, table, names)}]"
        for pointer in table.pointers
    )
    return node is None or flat(module, node) != (f"new Map([{expected}])" if expected else "new Map()")


def labels_differ(module: Module, node: Node | None, table: Held, known: Mapping[str, Held], names: Names) -> bool:
    """Whether other values of other rows are shown beside references than the declared ones."""
    expected = ", ".join(_label(label, _resource(known[label.target], table, names)) for label in table.labels)
    return node is None or flat(module, node) != (f"new Map([{expected}])" if expected else "new Map()")


def _label(label: Label, resource: str) -> str:
    shown = f"{_told(resource)}, key: {quoted(label.key)}, display: {quoted(label.display)}"
    return f"[{quoted(label.column)}, {{ name: {quoted(label.name)}, target: () => ({{ {shown} }}) }}]"


def _told(resource: str) -> str:
    """A member named `resource`; a table that refers to itself has a variable of that name."""
    return resource if resource == "resource" else f"resource: {resource}"


def _resource(target: Held, asking: Held, names: Names) -> str:
    return "resource" if target == asking else names.resources.get(target.key, "")


def _target(target: Held, key: str, asking: Held, names: Names) -> str:
    if target.route is None:
        local = names.tables.get(target.key, "")
        return f"rowsIn({local}, {quoted(key)}, {local}Firewall)"
    return f"targetIn({_resource(target, asking, names)}, {quoted(key)})"


def firewalls_differ(module: Module, known: Mapping[str, Held], names: Names) -> Iterator[str]:
    """The firewalls of tables without routes, each a constant of the module called after its table."""
    wanted = {f"{names.tables[key]}Firewall": held for key, held in known.items() if key in names.tables}
    for name, node in module.exported.items():
        held = wanted.get(name)
        if not name.endswith("Firewall"):
            continue
        if held is None or firewall_differs(module, node, held.predicates(names.tables[held.key])):
            yield f"`{name}` is not the declared firewall"


def stamps_differ(module: Module, node: Node | None, table: Held, what: str) -> str | None:
    """What is wrong with `created`, `modified` or `deleted`: scopes are stamped on create, and never after."""
    scopes = {scope.column: scope.stamp for scope in table.scopes} if what == "created" else {}
    entries = _entries(module, node) if node is not None else None
    if entries is None:
        return f"`{what}` is no function of the caller alone"
    written = dict(entries)
    if len(written) != len(entries):
        return f"`{what}` sets a column twice"
    known = set(written) | (STAMPED[what] if f"...{SHARED[what]}(ctx)" in written else set())
    if less := table.stamped(what) - known:
        return f"`{what}` does not set {sorted(less)}"
    for column, value in scopes.items():
        if written.pop(column, None) != value:
            return f"`{what}` does not set `{column}` from the caller"
    for column, value in written.items():
        if not re.fullmatch(_allowed(column, table, what), value):
            return f"`{what}` sets `{column}` to `{value}`"
    return None


def _allowed(column: str, table: Held, what: str) -> str:
    """The values that a column may get from the server."""
    if column in table.locked:
        return "(?!)"
    if column == f"...{SHARED[what]}(ctx)":
        return ""
    if what == "created" and column == table.identity:
        return IDENTITY
    if column not in {*AUDIT, table.soft_delete}:
        return "(?!)"
    return r"ctx\.userId" if column.endswith("By") else MOMENT


def _entries(module: Module, node: Node) -> list[tuple[str, str]] | None:
    """The entries of the object that an arrow function returns; a spread and a call of shared stamps stand alone."""
    if node.type == "identifier":
        return [(f"...{flat(module, node)}(ctx)", "")]
    body = node.child_by_field_name("body") if node.type == "arrow_function" else None
    if body is None or not OPENING.match(flat(module, node)):
        return None
    if body.type == "statement_block":
        text = flat(module, body)
        if not re.match(r"\{ const now = new Date\(\); return \{ .+ \}; \}\Z", text):
            return None
        body = body.named_children[-1].named_children[0]
    body = unwrapped(body)
    if body.type == "call_expression":
        return [(f"...{flat(module, body)}", "")]
    if body.type != "object":
        return None
    return [(name, "" if name.startswith("...") else flat(module, node)) for name, node in members(module, body)]
