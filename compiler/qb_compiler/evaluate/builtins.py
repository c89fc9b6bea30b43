"""JavaScript's own functions, computed on constants. The tables at the end list what is computed."""

import math
from collections.abc import Callable, Sequence

from qb_compiler.evaluate.coerce import finite, joined, number_text, same, to_text, truth
from qb_compiler.evaluate.composites import array_of, object_of
from qb_compiler.evaluate.functions import call, is_function
from qb_compiler.evaluate.operators import unknown
from qb_compiler.evaluate.problems import MemberMissing, NotStatic, TooMuch, WrongArgument
from qb_compiler.evaluate.scope import MOST_CHARACTERS, Scope
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    CodeValue,
    Entry,
    ExternalValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.model.record import record
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node


class Wrong(Exception):
    """An argument that the function is not computed for; `call` turns it into a problem."""

    def __init__(self, expected: str, value: Value | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.value = value


@record
class Call:
    """One call being computed."""

    scope: Scope
    node: Node
    name: str
    arguments: Sequence[Value]

    @property
    def span(self) -> Span:
        return self.scope.span(self.node)

    def text(self, place: int, default: str | None = None) -> str:
        value = self.arguments[place] if place < len(self.arguments) else None
        if isinstance(value, StringValue):
            return value.text
        if value is None and default is not None:
            return default
        raise Wrong("a string", value)

    def number(self, place: int, default: int | None = None) -> int:
        value = self.arguments[place] if place < len(self.arguments) else None
        if isinstance(value, NumberValue):
            return int(value.number)
        if (value is None or isinstance(value, UndefinedValue)) and default is not None:
            return default
        raise Wrong("a number", value)

    def object(self, place: int) -> ObjectValue:
        value = self.arguments[place] if place < len(self.arguments) else None
        if isinstance(value, ObjectValue):
            return value
        raise Wrong("an object", value)

    def array(self, place: int) -> ArrayValue:
        value = self.arguments[place] if place < len(self.arguments) else None
        if isinstance(value, ArrayValue):
            return value
        raise Wrong("an array", value)

    def apply(self, *given: Value) -> Value:
        """Calls the callback, which is the first argument."""
        callback = self.arguments[0] if self.arguments else None
        if isinstance(callback, CodeValue) and callback.problem is None and is_function(callback):
            return call(callback, given, self.span)
        if isinstance(callback, ExternalValue) and (callback.module, callback.name) in CONVERSIONS:
            return call_global(self.scope, self.node, callback.name, given[:1])
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


Method = Callable[[Call, ArrayValue], Value]
TextMethod = Callable[[Call, str], Value]
GlobalFunction = Callable[[Call], Value]
CONVERSIONS = frozenset({("", "Boolean"), ("", "String"), ("", "Number")})
MUTATING = frozenset({"push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"})


def call_method(scope: Scope, node: Node, owner: Value, name: str, arguments: Sequence[Value]) -> Value:
    """`owner.name(…)` on a constant array, string or number."""
    made = Call(scope, node, name, arguments)
    if isinstance(owner, ArrayValue) and name in ARRAY_METHODS:
        return _computed(made, lambda: ARRAY_METHODS[name](made, owner))
    if isinstance(owner, StringValue) and name in STRING_METHODS:
        return _computed(made, lambda: STRING_METHODS[name](made, owner.text))
    if isinstance(owner, NumberValue) and name == "toString" and not arguments:
        return made.string(number_text(owner.number))
    if name in MUTATING:
        return scope.refused(
            node, NotStatic(made.span, f"`{name}`", "write the final array, or spread: `[...items, item]`")
        )
    known = tuple(ARRAY_METHODS if isinstance(owner, ArrayValue) else STRING_METHODS)
    return scope.refused(node, MemberMissing(made.span, name, "the constant", known))


def call_global(scope: Scope, node: Node, name: str, arguments: Sequence[Value]) -> Value:
    """`Object.keys(…)` and its like; everything else of JavaScript's own is known only at runtime."""
    made = Call(scope, node, name, arguments)
    function = GLOBAL_FUNCTIONS.get(name)
    if function is None:
        rewrite = REWRITES.get(name, "write the value it would have, or do it in an action")
        return scope.refused(node, NotStatic(made.span, f"`{name}(…)`", rewrite))
    return _computed(made, lambda: function(made))


def _computed(made: Call, compute: Callable[[], Value]) -> Value:
    try:
        return compute()
    except Wrong as wrong:
        if isinstance(wrong.value, CodeValue) and wrong.value.problem:
            return unknown(made.scope, made.node, wrong.value, f"`{made.name}`")
        span = wrong.value.span if wrong.value else made.span
        return made.scope.refused(made.node, WrongArgument(span, made.name, wrong.expected))


def _map(made: Call, array: ArrayValue) -> Value:
    items = [made.apply(item, NumberValue(n, made.span), array) for n, item in enumerate(array.items)]
    return array_of(made.scope, made.node, items)


def _flat_map(made: Call, array: ArrayValue) -> Value:
    items: list[Value] = []
    for place, item in enumerate(array.items):
        result = made.apply(item, NumberValue(place, made.span), array)
        items.extend(result.items if isinstance(result, ArrayValue) else (result,))
    return array_of(made.scope, made.node, items)


def _kept_items(made: Call, array: ArrayValue) -> list[Value]:
    return [item for n, item in enumerate(array.items) if made.holds(item, NumberValue(n, made.span), array)]


def _filter(made: Call, array: ArrayValue) -> Value:
    return array_of(made.scope, made.node, _kept_items(made, array))


def _find(made: Call, array: ArrayValue) -> Value:
    return next(iter(_kept_items(made, array)), UndefinedValue(made.span))


def _some(made: Call, array: ArrayValue) -> Value:
    return BooleanValue(bool(_kept_items(made, array)), made.span)


def _every(made: Call, array: ArrayValue) -> Value:
    return BooleanValue(len(_kept_items(made, array)) == len(array.items), made.span)


def _concat(made: Call, array: ArrayValue) -> Value:
    items = list(array.items)
    for argument in made.arguments:
        if isinstance(argument, CodeValue) and argument.problem:
            raise Wrong("arrays", argument)
        items.extend(argument.items if isinstance(argument, ArrayValue) else (argument,))
    return array_of(made.scope, made.node, items)


def _index_of(made: Call, array: ArrayValue) -> int:
    wanted = made.arguments[0] if made.arguments else UndefinedValue(made.span)
    for place, item in enumerate(array.items):
        equal = same(item, wanted)
        if equal is None:
            raise Wrong("constants", item if truth(item) is None else wanted)
        if equal:
            return place
    return -1


def _flat(made: Call, array: ArrayValue) -> Value:
    depth = made.number(0, 1)
    items: tuple[Value, ...] = array.items
    for _ in range(min(depth, 8)):
        nested: list[Value] = []
        for item in items:
            nested.extend(item.items if isinstance(item, ArrayValue) else (item,))
        items = tuple(nested)
    return array_of(made.scope, made.node, items)


def _slice(made: Call, array: ArrayValue) -> Value:
    return array_of(made.scope, made.node, array.items[made.number(0, 0) : made.number(1, len(array.items))])


def _at(made: Call, array: ArrayValue) -> Value:
    place = made.number(0, 0)
    return array.items[place] if -len(array.items) <= place < len(array.items) else UndefinedValue(made.span)


def keys_in_order(value: ObjectValue) -> tuple[Entry, ...]:
    """JavaScript lists keys that are whole numbers first, in order of size."""
    numbers = [e for e in value.entries if e.key.isascii() and e.key.isdigit() and str(int(e.key)) == e.key]
    if not numbers:
        return value.entries
    rest = [entry for entry in value.entries if entry not in numbers]
    return (*sorted(numbers, key=lambda entry: int(entry.key)), *rest)


def _keys(made: Call) -> Value:
    entries = keys_in_order(made.object(0))
    return array_of(made.scope, made.node, [StringValue(entry.key, entry.key_span) for entry in entries])


def _values(made: Call) -> Value:
    return array_of(made.scope, made.node, [entry.value for entry in keys_in_order(made.object(0))])


def _entries(made: Call) -> Value:
    pairs = [
        ArrayValue((StringValue(entry.key, entry.key_span), entry.value), entry.key_span, 3)
        for entry in keys_in_order(made.object(0))
    ]
    return array_of(made.scope, made.node, pairs)


def _from_entries(made: Call) -> Value:
    entries: dict[str, Entry] = {}
    for item in made.array(0).items:
        match item:
            case ArrayValue((key, value, *_)) if isinstance(key, StringValue | NumberValue):
                name = to_text(key) or ""
                entries[name] = Entry(name, key.span, value)
            case _:
                raise Wrong("pairs of key and value", item)
    return object_of(made.scope, made.node, entries)


def _assign(made: Call) -> Value:
    """Merging into an object that is written on the spot; into a constant it would change the constant."""
    target = made.object(0)
    first = made.node.child_by_field_name("arguments")
    written = first.named_children[0].type if first and first.named_children else ""
    if written != "object":
        raise Wrong("`{}` as its first argument, or it changes a constant", target)
    entries = {entry.key: entry for entry in target.entries}
    for place in range(1, len(made.arguments)):
        entries.update((entry.key, entry) for entry in made.object(place).entries)
    return object_of(made.scope, made.node, entries)


def _freeze(made: Call) -> Value:
    if not made.arguments:
        raise Wrong("an object")
    return made.arguments[0]


def _rounded(round_: Callable[[float], float]) -> GlobalFunction:
    def compute(made: Call) -> Value:
        value = made.arguments[0] if made.arguments else None
        if not isinstance(value, NumberValue):
            raise Wrong("a number", value)
        return finite(made.scope, made.node, float(round_(float(value.number))))

    return compute


def _extreme(choose: Callable[[list[float]], float]) -> GlobalFunction:
    def compute(made: Call) -> Value:
        numbers = [float(value.number) for value in made.arguments if isinstance(value, NumberValue)]
        if not numbers or len(numbers) < len(made.arguments):
            wrong = next((value for value in made.arguments if not isinstance(value, NumberValue)), None)
            raise Wrong("numbers", wrong)
        return finite(made.scope, made.node, choose(numbers))

    return compute


def _to_string(made: Call) -> Value:
    value = made.arguments[0] if made.arguments else StringValue("", made.span)
    text = to_text(value)
    if text is None:
        raise Wrong("a constant", value)
    return made.string(text)


def _to_boolean(made: Call) -> Value:
    value = made.arguments[0] if made.arguments else UndefinedValue(made.span)
    flag = truth(value)
    if flag is None:
        raise Wrong("a constant", value)
    return BooleanValue(flag, made.span)


def _to_number(made: Call) -> Value:
    value = made.arguments[0] if made.arguments else None
    if isinstance(value, NumberValue):
        return value
    if isinstance(value, StringValue) and value.text.strip().isdecimal():
        return finite(made.scope, made.node, float(value.text))
    raise Wrong("a number", value)


ARRAY_METHODS: dict[str, Method] = {
    "map": _map,
    "filter": _filter,
    "flatMap": _flat_map,
    "find": _find,
    "some": _some,
    "every": _every,
    "concat": _concat,
    "includes": lambda made, array: BooleanValue(_index_of(made, array) >= 0, made.span),
    "indexOf": lambda made, array: NumberValue(_index_of(made, array), made.span),
    "join": lambda made, array: made.string(joined(array.items, made.text(0, ","))),
    "slice": _slice,
    "flat": _flat,
    "at": _at,
}
STRING_METHODS: dict[str, TextMethod] = {
    "toUpperCase": lambda made, text: made.string(text.upper()),
    "toLowerCase": lambda made, text: made.string(text.lower()),
    "trim": lambda made, text: made.string(text.strip()),
    "concat": lambda made, text: made.string(text + "".join(made.text(n) for n in range(len(made.arguments)))),
    "includes": lambda made, text: BooleanValue(made.text(0) in text, made.span),
    "startsWith": lambda made, text: BooleanValue(text.startswith(made.text(0)), made.span),
    "endsWith": lambda made, text: BooleanValue(text.endswith(made.text(0)), made.span),
    "slice": lambda made, text: made.string(text[made.number(0, 0) : made.number(1, len(text))]),
    "split": lambda made, text: made.strings(text.split(made.text(0)) if made.text(0) else list(text)),
    "replaceAll": lambda made, text: made.string(text.replace(made.text(0), made.text(1))),
    "toString": lambda made, text: made.string(text),
}
GLOBAL_FUNCTIONS: dict[str, GlobalFunction] = {
    "Object.keys": _keys,
    "Object.values": _values,
    "Object.entries": _entries,
    "Object.fromEntries": _from_entries,
    "Object.assign": _assign,
    "Object.freeze": _freeze,
    "Array.isArray": lambda made: BooleanValue(isinstance(_freeze(made), ArrayValue), made.span),
    "Math.max": _extreme(max),
    "Math.min": _extreme(min),
    "Math.floor": _rounded(math.floor),
    "Math.ceil": _rounded(math.ceil),
    "Math.round": _rounded(lambda number: math.floor(number + 0.5)),
    "Math.abs": _rounded(abs),
    "String": _to_string,
    "Number": _to_number,
    "Boolean": _to_boolean,
}
REWRITES = {
    "Math.random": "write a constant; for ids use `crypto.randomUUID()` in an action or let the compiler generate them",
    "Date.now": "write a constant; audit columns are stamped by the server",
    "require": 'write `import … from "…"` at the top of the file',
    "crypto.randomUUID": "leave it to the generated API, which makes ids",
}
