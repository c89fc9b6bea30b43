"""One call of a function of JavaScript being computed, and what it is not computed for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qb_compiler.evaluate.coerce import to_text, truth
from qb_compiler.evaluate.composites import array_of
from qb_compiler.evaluate.functions import call, is_function
from qb_compiler.evaluate.operators import unknown
from qb_compiler.evaluate.problems import NotConstant, TooMuch, WrongArgument
from qb_compiler.evaluate.scope import MOST_CHARACTERS, Scope
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    CodeValue,
    ExternalValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node


class Wrong(Exception):
    """An argument that the function is not computed for; `computed` turns it into a problem."""

    def __init__(self, expected: str, value: Value | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.value = value


def converted(scope: Scope, node: Node, name: str, value: Value) -> Value | None:
    """`String(value)`, `Number(value)` or `Boolean(value)`; None where that is not computed."""
    span = scope.span(node)
    if name == "Boolean":
        flag = truth(value)
        return None if flag is None else BooleanValue(flag, span)
    text = to_text(value)
    if name == "String":
        return None if text is None else StringValue(text, span)
    if isinstance(value, StringValue) and value.text.isascii() and value.text.isdigit():
        return NumberValue(int(value.text), span) if len(value.text) < 16 else None
    return value if isinstance(value, NumberValue) else None


@dataclass(frozen=True, slots=True)
class MadeCall:
    """The call of `name` with its evaluated arguments; each getter refuses what the function is not computed for."""

    scope: Scope
    node: Node
    name: str
    arguments: Sequence[Value]

    @property
    def span(self) -> Span:
        return self.scope.span(self.node)

    def at_most(self, count: int) -> None:
        if len(self.arguments) > count:
            raise Wrong(f"at most {count} arguments", self.arguments[count])

    def given(self, place: int) -> Value | None:
        """An argument, unless it is absent or undefined."""
        value = self.arguments[place] if place < len(self.arguments) else None
        return None if isinstance(value, UndefinedValue) else value

    def needed(self, place: int) -> Value:
        value = self.arguments[place] if place < len(self.arguments) else None
        if value is None:
            raise Wrong("an argument")
        return value

    def text(self, place: int, default: str | None = None) -> str:
        value = self.given(place)
        if isinstance(value, StringValue):
            return value.text
        if value is None and default is not None:
            return default
        raise Wrong("a string", value)

    def number(self, place: int, default: int) -> int:
        value = self.given(place)
        if isinstance(value, NumberValue):
            return int(value.number)
        if value is None:
            return default
        raise Wrong("a number", value)

    def object(self, place: int) -> ObjectValue:
        value = self.given(place)
        if isinstance(value, ObjectValue):
            return value
        raise Wrong("an object", value)

    def array(self, place: int) -> ArrayValue:
        value = self.given(place)
        if isinstance(value, ArrayValue):
            return value
        raise Wrong("an array", value)

    def apply(self, *given: Value) -> Value:
        """Calls the callback, which is the only argument."""
        self.at_most(1)
        callback = self.given(0)
        if isinstance(callback, CodeValue) and callback.problem is None and is_function(callback):
            return call(callback, given, self.span)
        if isinstance(callback, ExternalValue) and callback.module == "" and callback.name in CONVERSIONS:
            value = converted(self.scope, self.node, callback.name, given[0])
            if value is not None:
                return value
        raise Wrong("a function", callback)

    def holds(self, *given: Value) -> bool:
        """Calls the callback for a yes or no."""
        answer = self.apply(*given)
        flag = truth(answer)
        if flag is None:
            raise Wrong("a function that returns a constant", answer)
        return flag

    def strings(self, texts: Sequence[str]) -> Value:
        return array_of(self.scope, self.node, [StringValue(text, self.span) for text in texts])

    def string(self, text: str | None) -> Value:
        if text is None:
            raise Wrong("constants")
        if len(text) > MOST_CHARACTERS:
            return self.scope.refused(self.node, TooMuch(self.span))
        return StringValue(text, self.span)


CONVERSIONS = frozenset({"Boolean", "String", "Number"})


def computed(made: MadeCall, compute: Callable[[], Value]) -> Value:
    """The result, or what is wrong with the arguments."""
    try:
        return compute()
    except Wrong as wrong:
        refused = unknown(made.scope, made.node, wrong.value, f"`{made.name}`") if wrong.value else None
        if refused and not isinstance(refused.problem, NotConstant):
            return refused
        span = wrong.value.span if wrong.value else made.span
        return made.scope.refused(made.node, WrongArgument(span, made.name, wrong.expected))
