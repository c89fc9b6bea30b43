"""Arrays and objects, with spreads, computed keys and methods."""

from collections.abc import Iterable

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.coerce import to_text
from qb_compiler.evaluate.literals import unescaped
from qb_compiler.evaluate.problems import DuplicateKey, EmptySlot, TooMuch, WrongKey, WrongSpread, used
from qb_compiler.evaluate.scope import MOST_ITEMS, Scope, children
from qb_compiler.evaluate.values import (
    ArrayValue,
    CodeValue,
    Entry,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node


def array(scope: Scope, node: Node) -> Value:
    items: list[Value] = []
    after_comma = True
    for child in node.children:
        kind = child.type
        if kind == ",":
            if after_comma:
                scope.report(EmptySlot(scope.span(child)))
            after_comma = True
        elif kind == "spread_element":
            after_comma = False
            spread = spread_items(scope, child)
            if isinstance(spread, CodeValue):
                return spread
            items.extend(spread)
        elif kind not in {"[", "]", "comment"}:
            after_comma = False
            items.append(scope.evaluate(child))
    return array_of(scope, node, items)


def spread_items(scope: Scope, node: Node) -> tuple[Value, ...] | CodeValue:
    """The items of `...x` in an array or a call."""
    value = scope.evaluate(children(node)[0])
    if isinstance(value, ArrayValue):
        return value.items
    if isinstance(value, StringValue):
        return tuple(StringValue(character, value.span) for character in value.text)
    return scope.refused(node, _spread_problem(scope, node, value, "an array"))


def _spread_problem(scope: Scope, node: Node, value: Value, wanted: str) -> Problem:
    inner = scope.span(children(node)[0])
    if isinstance(value, CodeValue) and value.problem:
        return used(value.problem, inner)
    return WrongSpread(inner, wanted)


def array_of(scope: Scope, node: Node, items: Iterable[Value]) -> Value:
    """An array value, unless it has grown beyond reason."""
    found = tuple(items)
    weight = 1 + sum(weight_of(item) for item in found)
    if weight > MOST_ITEMS:
        return scope.refused(node, TooMuch(scope.span(node)))
    return ArrayValue(found, scope.span(node), weight)


def weight_of(value: Value) -> int:
    return value.weight if isinstance(value, ArrayValue | ObjectValue) else 1


def object_of(scope: Scope, node: Node, entries: dict[str, Entry]) -> Value:
    """An object value, unless it has grown beyond reason."""
    found = tuple(entries.values())
    weight = 1 + sum(weight_of(entry.value) for entry in found)
    if weight > MOST_ITEMS:
        return scope.refused(node, TooMuch(scope.span(node)))
    return ObjectValue(found, scope.span(node), weight)


def object_(scope: Scope, node: Node) -> Value:
    entries: dict[str, Entry] = {}
    written: dict[str, Span] = {}
    for child in node.named_children:
        kind = child.type
        if kind == "spread_element":
            refusal = _spread_entries(scope, child, entries)
            if refusal:
                return refusal
        elif kind != "comment":
            entry = _entry(scope, child)
            if entry.key in written:
                scope.report(DuplicateKey(entry.key_span, entry.key, written[entry.key]))
            written.setdefault(entry.key, entry.key_span)
            entries[entry.key] = entry
    return object_of(scope, node, entries)


def _spread_entries(scope: Scope, node: Node, entries: dict[str, Entry]) -> CodeValue | None:
    """Adds the entries of `...x`; null and undefined add nothing, as in JavaScript."""
    inner = children(node)[0]
    value = scope.evaluate(inner)
    if isinstance(value, ObjectValue):
        entries.update((entry.key, entry) for entry in value.entries)
        return None
    if isinstance(value, NullValue | UndefinedValue) or (not isinstance(value, CodeValue) and _is_false(value)):
        return None
    return scope.refused(node, _spread_problem(scope, node, value, "an object"))


def _is_false(value: Value) -> bool:
    """`...(condition && {...})` spreads `false` where the condition fails."""
    return getattr(value, "flag", None) is False


def _entry(scope: Scope, node: Node) -> Entry:
    kind = node.type
    if kind == "pair":
        key_node = node.child_by_field_name("key")
        value_node = node.child_by_field_name("value")
        if key_node is None or value_node is None:
            return Entry("", scope.span(node), scope.code(node))
        return _keyed(scope, key_node, scope.evaluate(value_node))
    if kind == "method_definition":
        return _method(scope, node)
    name = scope.text(node)
    return Entry(name, scope.span(node), scope.evaluate(node))


def _method(scope: Scope, node: Node) -> Entry:
    name = node.child_by_field_name("name") or node
    if any(child.type in {"get", "set"} for child in node.children):
        problem = WrongKey(scope.span(name), "getters and setters run code; write the value")
        return _keyed(scope, name, scope.refused(node, problem))
    return _keyed(scope, name, scope.evaluate(node))


def _keyed(scope: Scope, node: Node, value: Value) -> Entry:
    span = scope.span(node)
    key = key_text(scope, node)
    if isinstance(key, str):
        return Entry(key, span, value)
    scope.report(key)
    return Entry(scope.text(node), span, value)


def key_text(scope: Scope, node: Node) -> str | Problem:
    """The name that a key means."""
    kind = node.type
    if kind == "property_identifier":
        key: str | None = scope.text(node)
    elif kind == "string":
        key = unescaped(scope.text(node)[1:-1])
    elif kind in {"number", "computed_property_name"}:
        value = scope.evaluate(children(node)[0] if node.named_child_count else node)
        if isinstance(value, CodeValue) and value.problem:
            return used(value.problem, scope.span(node))
        key = to_text(value) if isinstance(value, StringValue | NumberValue) else None
    else:
        key = None
    if key is None:
        return WrongKey(scope.span(node), "it is no constant string or number")
    return WrongKey(scope.span(node), "`__proto__` is not data") if key == "__proto__" else key


def enum(scope: Scope, node: Node) -> Value:
    """An enum as the object it is at runtime: numeric members can be looked up by number, too."""
    entries: dict[str, Entry] = {}
    inner = Scope(scope.module, scope)
    following: int | float | None = 0
    body = node.child_by_field_name("body")
    for member in children(body) if body else []:
        key_node = member.child_by_field_name("name") or member
        key = key_text(scope, key_node)
        if not isinstance(key, str):
            scope.report(key)
            continue
        value = _member_value(inner, member, following)
        following = value.number + 1 if isinstance(value, NumberValue) else None
        inner.locals[key] = value
        entries[key] = Entry(key, scope.span(key_node), value)
        if isinstance(value, NumberValue):
            reverse = to_text(value) or ""
            entries[reverse] = Entry(reverse, scope.span(key_node), StringValue(key, scope.span(key_node)))
    return object_of(scope, node, entries)


def _member_value(scope: Scope, member: Node, following: int | float | None) -> Value:
    written = member.child_by_field_name("value")
    if written is not None:
        return scope.evaluate(written)
    if following is None:
        return UndefinedValue(scope.span(member))
    return NumberValue(following, scope.span(member))
