"""Calls: helpers of the project and JavaScript's pure functions are computed, calls of a package are kept."""

from qb_compiler.evaluate.builtins import call_global, call_method
from qb_compiler.evaluate.composites import spread_items
from qb_compiler.evaluate.functions import call, is_function
from qb_compiler.evaluate.members import at_use, in_optional_chain, member_of
from qb_compiler.evaluate.operators import part, unknown
from qb_compiler.evaluate.problems import NotCallable, NotStatic
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
from qb_compiler.syntax.tree import Node

UNWRAPPED = frozenset({"parenthesized_expression", "non_null_expression"})


def call_expression(scope: Scope, node: Node) -> Value:
    given = part(node, "arguments")
    if given.type == "template_string":
        return scope.code(node)
    target = part(node, "function")
    while target.type in UNWRAPPED:
        target = target.named_children[0]
    if target.type == "import":
        return scope.refused(node, NotStatic(scope.span(node), "`import()`", "import it at the top of the file"))
    if target.type == "member_expression":
        return _call_member(scope, node, target, given)
    return _call_value(scope, node, scope.evaluate(target), given)


def _call_member(scope: Scope, node: Node, target: Node, given: Node) -> Value:
    name = scope.text(part(target, "property"))
    whole = _namespace_call(scope, target)
    if whole is not None:
        return _call_value(scope, node, whole, given)
    owner = scope.evaluate(part(target, "object"))
    if isinstance(owner, ArrayValue | StringValue | NumberValue):
        arguments = evaluated(scope, given)
        return arguments if isinstance(arguments, CodeValue) else call_method(scope, node, owner, name, arguments)
    if isinstance(owner, ExternalValue) and owner.module == "":
        arguments = evaluated(scope, given)
        return (
            arguments
            if isinstance(arguments, CodeValue)
            else call_global(scope, node, f"{owner.name}.{name}", arguments)
        )
    return _call_value(scope, node, member_of(scope, target, owner, name), given)


def _namespace_call(scope: Scope, target: Node) -> Value | None:
    """The function of `shared.helper(…)` where `shared` is a namespace import of a project file."""
    owner = part(target, "object")
    if owner.type != "identifier" or scope.lookup(scope.text(owner)) is not None:
        return None
    name = part(target, "property")
    return scope.module.namespace_member(scope.text(owner), scope.text(name), scope.span(name))


def _call_value(scope: Scope, node: Node, callee: Value, given: Node) -> Value:
    match callee:
        case CodeValue(problem=None) if is_function(callee):
            arguments = evaluated(scope, given)
            if isinstance(arguments, CodeValue):
                return arguments
            return at_use(scope, node, call(callee, arguments, scope.span(node)))
        case ExternalValue(module="", name=name):
            arguments = evaluated(scope, given)
            return arguments if isinstance(arguments, CodeValue) else call_global(scope, node, name, arguments)
        case ExternalValue() | MemberValue() | CallValue():
            return _kept_call(scope, node, callee, given)
        case CodeValue():
            return unknown(scope, node, callee, "a call")
        case NullValue() | UndefinedValue() if in_optional_chain(node):
            return UndefinedValue(scope.span(node))
        case ObjectValue() | _:
            name = scope.text(part(node, "function"))
            return scope.refused(node, NotCallable(scope.span(node), name if len(name) <= 30 else "this"))


def _kept_call(scope: Scope, node: Node, callee: Value, given: Node) -> Value:
    """A call of something outside the project; an argument that cannot be known stays among its arguments."""
    if root_is_global(callee):
        text = scope.text(part(node, "function"))
        rewrite = "write the value it would have, or do it in an action"
        return scope.refused(node, NotStatic(scope.span(node), f"`{text[:40]}(…)`", rewrite))
    arguments = evaluated(scope, given)
    if isinstance(arguments, CodeValue):
        arguments = (arguments,)
    return CallValue(callee, arguments, scope.span(node), scope)


def root_is_global(value: Value) -> bool:
    """Whether `a.b(…).c` starts at one of JavaScript's own objects."""
    while isinstance(value, MemberValue | CallValue):
        value = value.object if isinstance(value, MemberValue) else value.callee
    return isinstance(value, ExternalValue) and value.module == ""


def evaluated(scope: Scope, node: Node) -> tuple[Value, ...] | CodeValue:
    """The arguments of a call, spreads spread."""
    found: list[Value] = []
    for child in node.named_children:
        if child.type == "spread_element":
            spread = spread_items(scope, child)
            if isinstance(spread, CodeValue):
                return spread
            found.extend(spread)
        elif child.type != "comment":
            found.append(scope.evaluate(child))
    return tuple(found)
