"""`cascade.ts`: what a soft delete takes along are declared references, inside the firewall of each table."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from qb_compiler.contracts.origins import Names, names_of, strange_declarations
from qb_compiler.contracts.predicates import firewall_differs, stamps_differ
from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.tables import Held, Pointer, member
from qb_compiler.contracts.typescript import Module, arguments, line, members, unquoted
from qb_compiler.contracts.violation import Examination, Violation

PARTS = ("table", "id", "deletedAt", "scope", "set", "parents")


def check_cascade(module: Module, feature: str, tables: Mapping[str, Held]) -> Examination:
    found = Examination(files=1)
    names = names_of(module, feature, tables)
    messages = [*names.strangers, *strange_declarations(module, {"children"})]
    children, expected = list(_children(module)), taken_along(feature, tables)
    if sorted(name for name, _ in children) != sorted(expected):
        messages.append(f"a soft delete takes other tables along than {sorted(expected)}")
    places = [(module.root, message) for message in messages]
    for name, child in children:
        found.rules += 1
        places += [(child, message) for message in _differences(module, name, child, tables, names)]
    for node, message in places:
        found.violations.append(
            Violation("requireFirewallScope", "hono", module.path, line(node), "", "delete", message)
        )
    return found


def taken_along(feature: str, tables: Mapping[str, Held]) -> set[str]:
    """The tables of a feature that hang, at any level, on one whose rows are deleted softly."""
    own = [held for held in tables.values() if held.feature == feature]
    reached, found = {held.key for held in own if held.deletes_softly}, set[str]()
    while more := {held.key for held in own if _hangs_on(held, reached, tables)} - found:
        found |= more
        reached |= more
    return found


def _hangs_on(table: Held, reached: set[str], tables: Mapping[str, Held]) -> bool:
    goes = table.soft_delete is not None and table.identity is not None
    return goes and any(p.target in reached and _falls(table, tables[p.target]) for p in table.pointers)


def _children(module: Module) -> Iterator[tuple[str, Node]]:
    """Each table with what the module says of it: `["jobs", { … }]`."""
    node = module.exported.get("children")
    given = arguments(node) if node is not None and node.type == "new_expression" else []
    for entry in given[0].named_children if given else ():
        parts = entry.named_children
        is_pair = entry.type == "array" and len(parts) == 2 and parts[0].type == "string"
        yield (unquoted(module.text(parts[0])), parts[1]) if is_pair else (module.text(entry), entry)


def _differences(module: Module, name: str, child: Node, tables: Mapping[str, Held], names: Names) -> Iterator[str]:
    table, pairs = tables.get(name), members(module, child)
    parts = dict(pairs)
    if table is None or tuple(part for part, _ in pairs) != PARTS or not table.soft_delete or not table.identity:
        yield "a table of another shape than a soft delete takes along"
        return
    local = names.tables.get(table.key, "")
    expected = (local, member(local, table.identity), member(local, table.soft_delete))
    if tuple(flat(module, parts[name]) for name in PARTS[:3]) != expected:
        yield f"`{table.key}` names another table or column"
    if firewall_differs(module, parts["scope"], table.predicates(local, deleted=False)):
        yield f"`{table.key}` is taken along past its scopes"
    if message := stamps_differ(module, parts["set"], table, "deleted"):
        yield f"`{table.key}`: {message}"
    declared = [_parent(p, local, tables, names) for p in table.pointers if _falls(table, tables[p.target])]
    if sorted(flat(module, parent) for parent in parts["parents"].named_children) != sorted(declared):
        yield f"`{table.key}` does not hang on what it refers to"


def _falls(table: Held, target: Held) -> bool:
    """Whether a soft delete of the target's rows reaches this table: both belong to one feature."""
    return target.feature == table.feature and target.soft_delete is not None and target.identity is not None


def _parent(pointer: Pointer, local: str, tables: Mapping[str, Held], names: Names) -> str:
    """A parent as it must be written."""
    target = names.tables.get(pointer.target, "")
    identity = member(target, tables[pointer.target].identity or "")
    key = f"{{ table: {target}, id: {identity}, column: {member(target, pointer.key)} }}"
    return f'{{ name: "{pointer.target}", column: {member(local, pointer.column)}, key: {key} }}'
