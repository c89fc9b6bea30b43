"""Operators and conditions on constants, with JavaScript's meaning."""

import math
import operator
from collections.abc import Callable

from qb_compiler.evaluate.coerce import finite, loosely_same, same, to_text, truth
from qb_compiler.evaluate.problems import NotConstant, NotStatic, TooMuch, used
from qb_compiler.evaluate.scope import MOST_CHARACTERS, Scope, children
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    CodeValue,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.syntax.tree import Node

ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": math.fmod,
    "**": operator.pow,
}
BITWISE: dict[str, Callable[[int, int], int]] = {
    "|": operator.or_,
    "&": operator.and_,
    "^": operator.xor,
    "<<": lambda left, right: left << (right & 31),
    ">>": lambda left, right: left >> (right & 31),
}
ORDER: dict[str, Callable[[str | float, str | float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def inner(scope: Scope, node: Node) -> Value:
    """Parentheses, `as const`, `satisfies`, casts and `!`: the value of what they enclose."""
    return scope.evaluate(children(node)[0])


def cast(scope: Scope, node: Node) -> Value:
    """`<Type>value`."""
    return scope.evaluate(children(node)[-1])


def part(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    assert found is not None, f"{node.type} has no {name}"
    return found


def unknown(scope: Scope, node: Node, value: Value, needed_by: str) -> CodeValue:
    """What an operation yields when one of its parts is no constant, or an array with an item that is none."""
    if isinstance(value, ArrayValue):
        value = next((item for item in value.items if isinstance(item, CodeValue) and item.problem), value)
    if isinstance(value, CodeValue) and value.problem:
        return scope.refused(node, used(value.problem, scope.span(node)))
    return scope.refused(node, NotConstant(value.span, needed_by))


def unary(scope: Scope, node: Node) -> Value:
    sign = scope.text(part(node, "operator"))
    value = scope.evaluate(part(node, "argument"))
    if sign == "!":
        flag = truth(value)
        return unknown(scope, node, value, "`!`") if flag is None else BooleanValue(not flag, scope.span(node))
    if sign in {"-", "+", "~"} and isinstance(value, NumberValue):
        number = -value.number if sign == "-" else ~int(value.number) if sign == "~" else value.number
        return finite(scope, node, float(number))
    if sign in {"-", "+", "~"}:
        return unknown(scope, node, value, f"`{sign}`")
    return scope.refused(node, NotStatic(scope.span(node), f"`{sign}`", "write the result itself"))


def ternary(scope: Scope, node: Node) -> Value:
    """Only the branch that is taken is evaluated."""
    condition = scope.evaluate(part(node, "condition"))
    flag = truth(condition)
    if flag is None:
        return unknown(scope, node, condition, "the condition")
    return scope.evaluate(part(node, "consequence" if flag else "alternative"))


def binary(scope: Scope, node: Node) -> Value:
    sign = scope.text(part(node, "operator"))
    if sign in {"&&", "||", "??"}:
        return _logical(scope, node, sign)
    if is_typed_template(node):
        return CodeValue("call_expression", scope.span(node), scope)
    left, right = scope.evaluate(part(node, "left")), scope.evaluate(part(node, "right"))
    if sign in {"===", "!==", "==", "!="}:
        return _equality(scope, node, sign, left, right)
    if sign == "+":
        return _sum(scope, node, left, right)
    if sign in ORDER:
        return _ordered(scope, node, sign, left, right)
    if sign == "in":
        return _member_test(scope, node, left, right)
    return _calculated(scope, node, sign, left, right)


def is_typed_template(node: Node) -> bool:
    """The grammar reads ``sql<number>`…` `` as two comparisons; it is a tagged template with a type."""
    left, right = part(node, "left"), part(node, "right")
    if right.type != "template_string" or left.type != "binary_expression":
        return False
    return part(node, "operator").type == ">" and part(left, "operator").type == "<"


def _logical(scope: Scope, node: Node, sign: str) -> Value:
    left = scope.evaluate(part(node, "left"))
    if sign == "??":
        settled: bool | None = isinstance(left, NullValue | UndefinedValue)
        settled = None if not settled and truth(left) is None else settled
    else:
        flag = truth(left)
        settled = flag if sign == "&&" or flag is None else not flag
    if settled is None:
        return unknown(scope, node, left, f"`{sign}`")
    return scope.evaluate(part(node, "right")) if settled else left


def _equality(scope: Scope, node: Node, sign: str, left: Value, right: Value) -> Value:
    equal = same(left, right) if len(sign) == 3 else loosely_same(left, right)
    if equal is None:
        return unknown(scope, node, _less_known(left, right), f"`{sign}`")
    return BooleanValue(equal if sign[0] == "=" else not equal, scope.span(node))


def _less_known(left: Value, right: Value) -> Value:
    return left if truth(left) is None else right


def _sum(scope: Scope, node: Node, left: Value, right: Value) -> Value:
    if isinstance(left, NumberValue) and isinstance(right, NumberValue):
        return finite(scope, node, float(left.number) + float(right.number))
    if not isinstance(left, StringValue) and not isinstance(right, StringValue):
        return unknown(scope, node, _less_known(left, right), "`+`")
    before, after = to_text(left), to_text(right)
    if before is None or after is None:
        return unknown(scope, node, left if before is None else right, "`+`")
    if len(before) + len(after) > MOST_CHARACTERS:
        return scope.refused(node, TooMuch(scope.span(node)))
    return StringValue(before + after, scope.span(node))


def _ordered(scope: Scope, node: Node, sign: str, left: Value, right: Value) -> Value:
    if isinstance(left, NumberValue) and isinstance(right, NumberValue):
        return BooleanValue(ORDER[sign](left.number, right.number), scope.span(node))
    if isinstance(left, StringValue) and isinstance(right, StringValue):
        return BooleanValue(ORDER[sign](_units(left.text), _units(right.text)), scope.span(node))
    return unknown(scope, node, _less_known(left, right), f"`{sign}`")


def _units(text: str) -> str:
    """Strings are ordered by UTF-16 units."""
    return text.encode("utf-16-be").decode("latin-1")


def _member_test(scope: Scope, node: Node, left: Value, right: Value) -> Value:
    if isinstance(left, StringValue) and isinstance(right, ObjectValue):
        return BooleanValue(right.entry(left.text) is not None, scope.span(node))
    return unknown(scope, node, right if isinstance(left, StringValue) else left, "`in`")


def _calculated(scope: Scope, node: Node, sign: str, left: Value, right: Value) -> Value:
    if not isinstance(left, NumberValue) or not isinstance(right, NumberValue):
        return unknown(scope, node, right if isinstance(left, NumberValue) else left, f"`{sign}`")
    a, b = float(left.number), float(right.number)
    try:
        if sign in BITWISE:
            return finite(scope, node, float(_int32(BITWISE[sign](_int32(int(a)), _int32(int(b))))))
        if sign in ARITHMETIC:
            result = ARITHMETIC[sign](a, b)
            return finite(scope, node, result if isinstance(result, float) else math.nan)
    except (ArithmeticError, ValueError):
        return finite(scope, node, math.nan)
    return scope.refused(node, NotStatic(scope.span(node), f"`{sign}`", "write the result itself"))


def _int32(number: int) -> int:
    number &= 0xFFFFFFFF
    return number - 0x100000000 if number & 0x80000000 else number


def length_of(value: Value) -> int | None:
    """`.length`, in UTF-16 units for strings."""
    if isinstance(value, ArrayValue):
        return len(value.items)
    return len(value.text.encode("utf-16-le")) // 2 if isinstance(value, StringValue) else None
