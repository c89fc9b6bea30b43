"""What an expression evaluates to. Every value keeps the place it was written at, in the file that holds it."""

from dataclasses import dataclass
from typing import TypeAlias

from qb_compiler.model.carried import Carried
from qb_compiler.span import Span


@dataclass(frozen=True, slots=True)
class StringValue:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class NumberValue:
    number: int | float
    span: Span


@dataclass(frozen=True, slots=True)
class BooleanValue:
    flag: bool
    span: Span


@dataclass(frozen=True, slots=True)
class NullValue:
    span: Span


@dataclass(frozen=True, slots=True)
class UndefinedValue:
    span: Span


@dataclass(frozen=True, slots=True)
class ArrayValue:
    items: tuple["Value", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    key_span: Span
    value: "Value"


@dataclass(frozen=True, slots=True)
class ObjectValue:
    """Keys are unique; a spread's entries keep the spans of the object they came from."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> "Value | None":
        entry = self.entry(key)
        return entry.value if entry else None

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class ExternalValue:
    """A binding of a package (`text` of `drizzle-orm/sqlite-core`), or a global such as `process`. `name` may be "*"."""

    module: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MemberValue:
    """`object.name` on something that is not a plain object: `process.env.X`, `text('a').notNull`."""

    object: "Value"
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class CallValue:
    """A call that was not evaluated: `defineTable(t, {...})`, `text('a').notNull()`. `source` is its text as carried code."""

    callee: "Value"
    arguments: tuple["Value", ...]
    span: Span
    source: Carried


@dataclass(frozen=True, slots=True)
class CodeValue:
    """Functions, regular expressions, tagged templates, `new`: kept as source. `kind` is the grammar's node type."""

    kind: str
    source: Carried
    span: Span


Value: TypeAlias = (
    StringValue | NumberValue | BooleanValue | NullValue | UndefinedValue | ArrayValue | ObjectValue
    | ExternalValue | MemberValue | CallValue | CodeValue
)  # fmt: skip
