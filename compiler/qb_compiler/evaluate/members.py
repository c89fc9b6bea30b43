"""Names and members: what an identifier means, and what stands behind a dot or in brackets."""

from qb_compiler.evaluate.coerce import to_text
from qb_compiler.evaluate.operators import length_of, part, unknown
from qb_compiler.evaluate.problems import MemberMissing, NotStatic, UnknownName, WrongArgument, used
from qb_compiler.evaluate.scope import Scope
from qb_compiler.evaluate.values import (
    ArrayValue,
    CallValue,
    CodeValue,
    ExternalValue,
    MemberValue,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node

GLOBAL_WORDS = """
process console Math Date JSON Object Array String Number Boolean BigInt Symbol RegExp Promise Set Map WeakMap WeakSet
Error TypeError RangeError Intl Reflect Proxy crypto globalThis URL URLSearchParams Headers Request Response fetch
structuredClone setTimeout clearTimeout queueMicrotask TextEncoder TextDecoder Uint8Array ArrayBuffer Buffer btoa atob
parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent NaN Infinity Deno Bun require module caches
performance AbortController Blob FormData
"""
CHAINED = frozenset({"member_expression", "subscript_expression", "call_expression", "non_null_expression"})
GLOBALS = frozenset(GLOBAL_WORDS.split())


def identifier(scope: Scope, node: Node) -> Value:
    name = scope.text(node)
    local = scope.lookup(name)
    if local is not None:
        return local
    value = scope.module.value(name)
    if value is not None:
        return at_use(scope, node, value)
    if name == "undefined":
        return UndefinedValue(scope.span(node))
    if name in GLOBALS:
        return ExternalValue("", name, scope.span(node))
    if name in scope.module.declarations.types:
        return scope.refused(node, NotStatic(scope.span(node), "a type", "types have no value; declare a `const`"))
    return scope.refused(node, UnknownName(scope.span(node), name, scope.module.known_names))


def at_use(scope: Scope, node: Node, value: Value) -> Value:
    """A value that cannot be had tells where it was needed first."""
    if isinstance(value, CodeValue) and value.problem:
        problem = used(value.problem, scope.span(node))
        return CodeValue(value.kind, value.span, value.origin, problem)
    return value


def member(scope: Scope, node: Node) -> Value:
    target = part(node, "object")
    name = scope.text(part(node, "property"))
    if target.type == "identifier" and scope.lookup(scope.text(target)) is None:
        found = scope.module.namespace_member(scope.text(target), name, scope.span(part(node, "property")))
        if found is not None:
            return at_use(scope, node, found)
    return member_of(scope, node, scope.evaluate(target), name)


def subscript(scope: Scope, node: Node) -> Value:
    owner = scope.evaluate(part(node, "object"))
    index = scope.evaluate(part(node, "index"))
    if isinstance(owner, ArrayValue | StringValue) and isinstance(index, NumberValue):
        return _item(scope, node, owner, index.number)
    name = to_text(index) if isinstance(index, StringValue | NumberValue) else None
    if name is None:
        return unknown(scope, node, index, "the index")
    if isinstance(owner, ObjectValue):
        return owner.get(name) or UndefinedValue(scope.span(node))
    return member_of(scope, node, owner, name)


def _item(scope: Scope, node: Node, owner: ArrayValue | StringValue, index: int | float) -> Value:
    items = owner.items if isinstance(owner, ArrayValue) else owner.text
    if isinstance(items, str) and items and max(items) > "\uffff":
        return scope.refused(node, WrongArgument(scope.span(node), "[…]", "a text without characters such as emoji"))
    if not isinstance(index, int) or not 0 <= index < len(items):
        return UndefinedValue(scope.span(node))
    item = items[index]
    return StringValue(item, scope.span(node)) if isinstance(item, str) else item


def member_of(scope: Scope, node: Node, owner: Value, name: str) -> Value:
    """`owner.name`."""
    match owner:
        case ObjectValue():
            return _property(scope, node, owner, name)
        case ExternalValue(module, "*") if module:
            return ExternalValue(module, name, scope.span(node))
        case ExternalValue() | MemberValue() | CallValue():
            return MemberValue(owner, name, scope.span(node))
        case NullValue() | UndefinedValue() if in_optional_chain(node):
            return UndefinedValue(scope.span(node))
        case ArrayValue() | StringValue() if name == "length":
            return NumberValue(length_of(owner) or 0, scope.span(node))
        case CodeValue():
            return unknown(scope, node, owner, f"`.{name}`")
    return scope.refused(node, MemberMissing(_name_span(scope, node), name, _owner_text(scope, node), ()))


def in_optional_chain(node: Node | None) -> bool:
    """Whether a `?.` stands in the chain up to here: then null and undefined end the whole chain."""
    while node is not None and node.type in CHAINED:
        if node.child_by_field_name("optional_chain") or any(child.type == "?." for child in node.children):
            return True
        node = node.child_by_field_name("object") or node.child_by_field_name("function") or node.named_child(0)
    return False


def _property(scope: Scope, node: Node, owner: ObjectValue, name: str) -> Value:
    entry = owner.entry(name)
    if entry:
        return at_use(scope, node, entry.value)
    known = tuple(entry.key for entry in owner.entries)
    problem = MemberMissing(_name_span(scope, node), name, _owner_text(scope, node), known)
    return scope.refused(node, problem)


def _name_span(scope: Scope, node: Node) -> Span:
    return scope.span(node.child_by_field_name("property") or node.child_by_field_name("index") or node)


def _owner_text(scope: Scope, node: Node) -> str:
    text = scope.text(node.child_by_field_name("object") or node)
    return text if len(text) <= 30 else "the object"
