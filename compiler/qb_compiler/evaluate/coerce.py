"""JavaScript's conversions, exactly: what is true, how a number is written, when two values are the same."""

import math

from qb_compiler.evaluate.problems import NotFinite
from qb_compiler.evaluate.scope import Scope
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.syntax.tree import Node

LARGEST_EXACT = 2**53
Scalar = StringValue | NumberValue | BooleanValue | NullValue | UndefinedValue
SCALARS = (StringValue, NumberValue, BooleanValue, NullValue, UndefinedValue)


def finite(scope: Scope, node: Node, number: float) -> Value:
    """A number as a value: whole numbers are ints, and what is no finite number is refused."""
    if not math.isfinite(number):
        return scope.refused(node, NotFinite(scope.span(node)))
    return NumberValue(exact(number), scope.span(node))


def exact(number: float) -> int | float:
    """A whole number as an int, where a float holds it exactly."""
    return int(number) if number.is_integer() and abs(number) <= LARGEST_EXACT else number


def number_text(number: int | float) -> str:
    """A number as JavaScript prints it."""
    value = float(number)
    if value == 0:
        return "0"
    digits, _, exponent = _shortest(abs(value)).partition("e")
    return ("-" if value < 0 else "") + _placed(digits, int(exponent) + 1)


def _shortest(value: float) -> str:
    """The shortest digits that mean `value`, without a point, and its exponent: `15e0` for 1.5."""
    text = repr(value)
    mantissa, _, power = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    zeros = len(whole + fraction) - len(digits)
    exponent = len(whole) - zeros - 1 + int(power or 0)
    return f"{digits.rstrip('0')}e{exponent}"


def _placed(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{point - 1:+d}"


def to_text(value: Value) -> str | None:
    """What a template or `+` makes of a value; None where that is no constant or of no use."""
    match value:
        case StringValue(text):
            return text
        case NumberValue(number):
            return number_text(number)
        case BooleanValue(flag):
            return "true" if flag else "false"
        case NullValue():
            return "null"
        case UndefinedValue():
            return "undefined"
        case ArrayValue(items):
            return joined(items, ",")
        case _:
            return None


def joined(items: tuple[Value, ...], separator: str) -> str | None:
    """Array.prototype.join: null and undefined are empty."""
    texts = ["" if isinstance(item, NullValue | UndefinedValue) else to_text(item) for item in items]
    known = [text for text in texts if text is not None]
    return separator.join(known) if len(known) == len(texts) else None


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None when only the running program knows."""
    match value:
        case StringValue(text):
            return bool(text)
        case NumberValue(number):
            return number != 0
        case BooleanValue(flag):
            return flag
        case NullValue() | UndefinedValue():
            return False
        case ArrayValue() | ObjectValue():
            return True
        case _:
            return None


def plain(value: Scalar) -> str | int | float | bool | None:
    match value:
        case StringValue(text):
            return text
        case NumberValue(number):
            return number
        case BooleanValue(flag):
            return flag
        case _:
            return None


def same(left: Value, right: Value) -> bool | None:
    """`===`; None when it is not known. Arrays and objects are the same only if they are one."""
    if isinstance(left, SCALARS) and isinstance(right, SCALARS):
        return type(left) is type(right) and plain(left) == plain(right)
    known = (*SCALARS, ArrayValue, ObjectValue)
    if isinstance(left, known) and isinstance(right, known):
        return left is right
    return None


def loosely_same(left: Value, right: Value) -> bool | None:
    """`==` where it differs from `===` only in that null equals undefined; other conversions are not guessed."""
    empty = (NullValue, UndefinedValue)
    if isinstance(left, empty) or isinstance(right, empty):
        known = isinstance(left, (*SCALARS, ArrayValue, ObjectValue)) and isinstance(
            right, (*SCALARS, ArrayValue, ObjectValue)
        )
        return (isinstance(left, empty) and isinstance(right, empty)) if known else None
    return same(left, right) if type(left) is type(right) else None
