"""Destructuring: the names that a pattern takes out of a value, for constants and for parameters."""

from qb_compiler.evaluate.composites import array_of, key_text, object_of
from qb_compiler.evaluate.operators import part
from qb_compiler.evaluate.problems import PatternMismatch, used
from qb_compiler.evaluate.scope import Scope, children
from qb_compiler.evaluate.values import (
    ArrayValue,
    CallValue,
    CodeValue,
    Entry,
    ExternalValue,
    MemberValue,
    ObjectValue,
    UndefinedValue,
    Value,
)
from qb_compiler.syntax.tree import Node

NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern"})
RUNTIME = (ExternalValue, MemberValue, CallValue)


def bind(scope: Scope, node: Node, value: Value) -> None:
    """Adds the names of the pattern to the scope's own; a pattern that does not fit makes them refused values."""
    kind = node.type
    if kind in NAMES:
        scope.locals[scope.text(node)] = value
    elif kind in {"assignment_pattern", "object_assignment_pattern"}:
        needed = isinstance(value, UndefinedValue)
        bind(scope, part(node, "left"), scope.evaluate(part(node, "right")) if needed else value)
    elif kind == "object_pattern":
        _bind_object(scope, node, value)
    elif kind == "array_pattern":
        _bind_array(scope, node, value)
    elif kind == "rest_pattern":
        bind(scope, children(node)[0], value)


def _bind_object(scope: Scope, node: Node, value: Value) -> None:
    taken: set[str] = set()
    for child in children(node):
        if child.type == "rest_pattern":
            bind(scope, child, _rest(scope, child, value, taken))
            continue
        key_node = child.child_by_field_name("key") or child.child_by_field_name("left") or child
        key = key_text(scope, key_node) if child.type == "pair_pattern" else scope.text(key_node)
        if isinstance(key, str):
            taken.add(key)
            target = part(child, "value") if child.type == "pair_pattern" else child
            bind(scope, target, _member(scope, child, value, key))
        else:
            scope.report(key)


def _member(scope: Scope, node: Node, value: Value, key: str) -> Value:
    if isinstance(value, ObjectValue):
        return value.get(key) or UndefinedValue(scope.span(node))
    if isinstance(value, ExternalValue) and value.name == "*" and value.module:
        return ExternalValue(value.module, key, scope.span(node))
    return MemberValue(value, key, scope.span(node)) if isinstance(value, RUNTIME) else _mismatch(scope, node, value)


def _mismatch(scope: Scope, node: Node, value: Value, wanted: str = "an object") -> CodeValue:
    if isinstance(value, CodeValue) and value.problem:
        return scope.refused(node, used(value.problem, scope.span(node)))
    return scope.refused(node, PatternMismatch(scope.span(node), wanted))


def _rest(scope: Scope, node: Node, value: Value, taken: set[str]) -> Value:
    if not isinstance(value, ObjectValue):
        return _mismatch(scope, node, value)
    rest: dict[str, Entry] = {entry.key: entry for entry in value.entries if entry.key not in taken}
    return object_of(scope, node, rest)


def _bind_array(scope: Scope, node: Node, value: Value) -> None:
    """Commas count the places, since a place may be left empty."""
    place = 0
    for child in node.children:
        if child.type == ",":
            place += 1
        elif child.type == "rest_pattern":
            rest = array_of(scope, child, value.items[place:]) if isinstance(value, ArrayValue) else None
            bind(scope, child, rest or _mismatch(scope, child, value, "an array"))
        elif child.is_named and child.type != "comment":
            bind(scope, child, _item(scope, child, value, place))


def _item(scope: Scope, node: Node, value: Value, place: int) -> Value:
    if not isinstance(value, ArrayValue):
        return _mismatch(scope, node, value, "an array")
    return value.items[place] if place < len(value.items) else UndefinedValue(scope.span(node))
