"""The methods of arrays that are computed on constants."""

from collections.abc import Callable

from qb_compiler.evaluate.coerce import joined, same, truth
from qb_compiler.evaluate.composites import array_of
from qb_compiler.evaluate.made_call import MadeCall, Wrong
from qb_compiler.evaluate.values import ArrayValue, BooleanValue, CodeValue, NumberValue, UndefinedValue, Value

Method = Callable[[MadeCall, ArrayValue], Value]


def _map(made: MadeCall, array: ArrayValue) -> Value:
    items = [made.apply(item, NumberValue(n, made.span), array) for n, item in enumerate(array.items)]
    return array_of(made.scope, made.node, items)


def _flat_map(made: MadeCall, array: ArrayValue) -> Value:
    items: list[Value] = []
    for place, item in enumerate(array.items):
        result = made.apply(item, NumberValue(place, made.span), array)
        items.extend(result.items if isinstance(result, ArrayValue) else (result,))
    return array_of(made.scope, made.node, items)


def _kept_items(made: MadeCall, array: ArrayValue) -> list[Value]:
    return [item for n, item in enumerate(array.items) if made.holds(item, NumberValue(n, made.span), array)]


def _filter(made: MadeCall, array: ArrayValue) -> Value:
    return array_of(made.scope, made.node, _kept_items(made, array))


def _find(made: MadeCall, array: ArrayValue) -> Value:
    return next(iter(_kept_items(made, array)), UndefinedValue(made.span))


def _some(made: MadeCall, array: ArrayValue) -> Value:
    return BooleanValue(bool(_kept_items(made, array)), made.span)


def _every(made: MadeCall, array: ArrayValue) -> Value:
    return BooleanValue(len(_kept_items(made, array)) == len(array.items), made.span)


def _concat(made: MadeCall, array: ArrayValue) -> Value:
    items = list(array.items)
    for argument in made.arguments:
        if isinstance(argument, CodeValue) and argument.problem:
            raise Wrong("arrays", argument)
        items.extend(argument.items if isinstance(argument, ArrayValue) else (argument,))
    return array_of(made.scope, made.node, items)


def _index_of(made: MadeCall, array: ArrayValue) -> int:
    made.at_most(1)
    wanted = made.needed(0)
    for place, item in enumerate(array.items):
        equal = same(item, wanted)
        if equal is None:
            raise Wrong("constants", item if truth(item) is None else wanted)
        if equal:
            return place
    return -1


def _flat(made: MadeCall, array: ArrayValue) -> Value:
    made.at_most(1)
    depth = made.number(0, 1)
    items: tuple[Value, ...] = array.items
    for _ in range(min(depth, 8)):
        nested: list[Value] = []
        for item in items:
            nested.extend(item.items if isinstance(item, ArrayValue) else (item,))
        items = tuple(nested)
    return array_of(made.scope, made.node, items)


def _slice(made: MadeCall, array: ArrayValue) -> Value:
    made.at_most(2)
    return array_of(made.scope, made.node, array.items[made.number(0, 0) : made.number(1, len(array.items))])


def _at(made: MadeCall, array: ArrayValue) -> Value:
    made.at_most(1)
    place = made.number(0, 0)
    return array.items[place] if -len(array.items) <= place < len(array.items) else UndefinedValue(made.span)


def _join(made: MadeCall, array: ArrayValue) -> Value:
    made.at_most(1)
    text = joined(array.items, made.text(0, ","))
    if text is None:
        raise Wrong("constants", array)
    return made.string(text)


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
    "join": _join,
    "slice": _slice,
    "flat": _flat,
    "at": _at,
}
