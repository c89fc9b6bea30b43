"""JavaScript's own functions, computed on constants. The tables list which; the others are for runtime."""

import math
from collections.abc import Callable, Sequence

from qb_compiler.evaluate.array_methods import ARRAY_METHODS
from qb_compiler.evaluate.coerce import finite, number_text, to_text, truth
from qb_compiler.evaluate.composites import array_of, object_of
from qb_compiler.evaluate.made_call import MadeCall, Wrong, computed, converted
from qb_compiler.evaluate.problems import MemberMissing, NotStatic
from qb_compiler.evaluate.scope import Scope
from qb_compiler.evaluate.text_methods import STRING_METHODS
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    Entry,
    NumberValue,
    ObjectValue,
    StringValue,
    Value,
)
from qb_compiler.syntax.tree import Node

GlobalFunction = Callable[[MadeCall], Value]
MUTATING = frozenset({"push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"})


def call_method(scope: Scope, node: Node, owner: Value, name: str, arguments: Sequence[Value]) -> Value:
    """`owner.name(…)` on a constant array, string or number."""
    made = MadeCall(scope, node, name, arguments)
    if isinstance(owner, ArrayValue) and name in ARRAY_METHODS:
        return computed(made, lambda: ARRAY_METHODS[name](made, owner))
    if isinstance(owner, StringValue) and name in STRING_METHODS:
        return computed(made, lambda: STRING_METHODS[name](made, owner.text))
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
    made = MadeCall(scope, node, name, arguments)
    function = GLOBAL_FUNCTIONS.get(name)
    if function is None:
        rewrite = REWRITES.get(name, "write the value it would have, or do it in an action")
        return scope.refused(node, NotStatic(made.span, f"`{name}(…)`", rewrite))
    return computed(made, lambda: function(made))


def keys_in_order(value: ObjectValue) -> tuple[Entry, ...]:
    """JavaScript lists keys that are whole numbers first, in order of size."""
    numbers = [e for e in value.entries if e.key.isascii() and e.key.isdigit() and str(int(e.key)) == e.key]
    if not numbers:
        return value.entries
    rest = [entry for entry in value.entries if entry not in numbers]
    return (*sorted(numbers, key=lambda entry: int(entry.key)), *rest)


def _keys(made: MadeCall) -> Value:
    entries = keys_in_order(made.object(0))
    return array_of(made.scope, made.node, [StringValue(entry.key, entry.key_span) for entry in entries])


def _values(made: MadeCall) -> Value:
    return array_of(made.scope, made.node, [entry.value for entry in keys_in_order(made.object(0))])


def _entries(made: MadeCall) -> Value:
    pairs = [
        ArrayValue((StringValue(entry.key, entry.key_span), entry.value), entry.key_span, 3)
        for entry in keys_in_order(made.object(0))
    ]
    return array_of(made.scope, made.node, pairs)


def _from_entries(made: MadeCall) -> Value:
    entries: dict[str, Entry] = {}
    for item in made.array(0).items:
        match item:
            case ArrayValue((key, value, *_)) if isinstance(key, StringValue | NumberValue):
                name = to_text(key) or ""
                entries[name] = Entry(name, key.span, value)
            case _:
                raise Wrong("pairs of key and value", item)
    return object_of(made.scope, made.node, entries)


def _assign(made: MadeCall) -> Value:
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


def _freeze(made: MadeCall) -> Value:
    made.at_most(1)
    return made.needed(0)


def _is_array(made: MadeCall) -> Value:
    value = made.needed(0)
    if truth(value) is None:
        raise Wrong("a constant", value)
    return BooleanValue(isinstance(value, ArrayValue), made.span)


def _converted(name: str) -> GlobalFunction:
    def compute(made: MadeCall) -> Value:
        made.at_most(1)
        value = converted(made.scope, made.node, name, made.needed(0))
        if value is None:
            raise Wrong("a constant", made.needed(0))
        return value

    return compute


def _rounded(round_: Callable[[float], float]) -> GlobalFunction:
    def compute(made: MadeCall) -> Value:
        value = made.arguments[0] if made.arguments else None
        if not isinstance(value, NumberValue):
            raise Wrong("a number", value)
        return finite(made.scope, made.node, float(round_(float(value.number))))

    return compute


def _extreme(choose: Callable[[list[float]], float]) -> GlobalFunction:
    def compute(made: MadeCall) -> Value:
        numbers = [float(value.number) for value in made.arguments if isinstance(value, NumberValue)]
        if not numbers or len(numbers) < len(made.arguments):
            wrong = next((value for value in made.arguments if not isinstance(value, NumberValue)), None)
            raise Wrong("numbers", wrong)
        return finite(made.scope, made.node, choose(numbers))

    return compute


GLOBAL_FUNCTIONS: dict[str, GlobalFunction] = {
    "Object.keys": _keys,
    "Object.values": _values,
    "Object.entries": _entries,
    "Object.fromEntries": _from_entries,
    "Object.assign": _assign,
    "Object.freeze": _freeze,
    "Array.isArray": _is_array,
    "Math.max": _extreme(max),
    "Math.min": _extreme(min),
    "Math.floor": _rounded(math.floor),
    "Math.ceil": _rounded(math.ceil),
    "Math.round": _rounded(lambda number: math.floor(number + 0.5)),
    "Math.abs": _rounded(abs),
    "String": _converted("String"),
    "Number": _converted("Number"),
    "Boolean": _converted("Boolean"),
}
REWRITES = {
    "Math.random": "write a constant; for ids use `crypto.randomUUID()` in an action or let the compiler generate them",
    "Date.now": "write a constant; audit columns are stamped by the server",
    "require": 'write `import … from "…"` at the top of the file',
    "crypto.randomUUID": "leave it to the generated API, which makes ids",
}
