"""Reads the fields of a zod object, as far as they can be told without running it."""

from collections.abc import Iterator

from qb_compiler.blocks.actions.model import InputField
from qb_compiler.blocks.chain import Chain, unchain
from qb_compiler.evaluate.values import (
    ArrayValue,
    Entry,
    ExternalValue,
    MemberValue,
    ObjectValue,
    StringValue,
    Value,
)

STRINGS = frozenset(
    {"string", "email", "url", "uuid", "cuid", "cuid2", "nanoid", "ulid", "guid", "jwt", "base64", "emoji", "ipv4",
     "ipv6", "cidrv4", "cidrv6", "templateLiteral", "date", "iso", "literal", "e164"}
)  # fmt: skip
NUMBERS = frozenset({"number", "int", "int32", "uint32", "float32", "float64", "bigint"})
OPTIONAL = frozenset({"optional", "default", "nullish", "prefault", "catch"})
OBJECTS = frozenset({"object", "strictObject", "looseObject"})
WRAPPERS = frozenset({"optional", "nullish", "nullable"})


def input_fields(value: Value) -> tuple[InputField, ...]:
    """One entry for each field of `z.object({ … })`; empty when the schema is something else."""
    chain = unchain(value)
    if chain is None or _function(chain) not in OBJECTS or not chain.head.arguments:
        return ()
    shape = chain.head.arguments[0]
    return tuple(_field(entry) for entry in shape.entries) if isinstance(shape, ObjectValue) else ()


def _field(entry: Entry) -> InputField:
    chain = unchain(entry.value)
    if chain is None:
        return InputField(entry.key, "unknown", True)
    names = {link.name for link in chain.links}
    function = _function(chain)
    if function in WRAPPERS and chain.head.arguments:
        inner = _field(Entry(entry.key, entry.key_span, chain.head.arguments[0]))
        return InputField(inner.name, inner.type, inner.required and function == "nullable", inner.enum)
    enum = tuple(_enum(chain)) if function in {"enum", "nativeEnum"} else ()
    return InputField(entry.key, _type(chain), not names & OPTIONAL, enum)


def _function(chain: Chain) -> str | None:
    """`string` of `z.string()`, `number` of `z.coerce.number()`, `email` of `z.email()`."""
    callee = chain.head.callee
    if isinstance(callee, MemberValue):
        return callee.name
    return callee.name if isinstance(callee, ExternalValue) else None


def _type(chain: Chain) -> str:
    function = _function(chain)
    if function == "array":
        return f"array<{_item_type(chain)}>"
    if function in STRINGS:
        return "string"
    if function in NUMBERS:
        return "number"
    if function in {"enum", "nativeEnum"}:
        return "enum"
    if function in {"boolean", "stringbool"}:
        return "boolean"
    return "object" if function in OBJECTS or function == "record" else "unknown"


def _item_type(chain: Chain) -> str:
    item = unchain(chain.head.arguments[0]) if chain.head.arguments else None
    return _type(item) if item else "unknown"


def _enum(chain: Chain) -> Iterator[str]:
    first = chain.head.arguments[0] if chain.head.arguments else None
    if isinstance(first, ArrayValue):
        yield from (item.text for item in first.items if isinstance(item, StringValue))
    elif isinstance(first, ObjectValue):
        yield from (entry.value.text for entry in first.entries if isinstance(entry.value, StringValue))
