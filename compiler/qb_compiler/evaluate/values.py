"""What an expression evaluates to. Every value keeps the place it was written at, in the file that holds it."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record
from qb_compiler.span import Span

PARAMETER = "?param"


class Origin(Protocol):
    """The scope an expression was written in; it can say what the expression needs when it is carried over."""

    def carried(self, span: Span) -> Carried:
        """The source at `span` with the imports and module-level declarations it uses."""


@record
class StringValue:
    text: str
    span: Span


@record
class NumberValue:
    number: int | float
    span: Span


@record
class BooleanValue:
    flag: bool
    span: Span


@record
class NullValue:
    span: Span


@record
class UndefinedValue:
    span: Span


@record
class ArrayValue:
    """`weight` counts the values inside, shared ones as often as they occur."""

    items: tuple["Value", ...]
    span: Span
    weight: int = 1


@record
class Entry:
    key: str
    key_span: Span
    value: "Value"


@record
class ObjectValue:
    """Keys are unique; a spread's entries keep the spans of the object they came from."""

    entries: tuple[Entry, ...]
    span: Span
    weight: int = 1

    def get(self, key: str) -> "Value | None":
        entry = self.entry(key)
        return entry.value if entry else None

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)


@record
class ExternalValue:
    """A binding of a package (`text` of `drizzle-orm/sqlite-core`), or a global such as `process`. `name` may be "*".

    `module` is "" for a global, and `PARAMETER` for the parameter of a function that was opened to see what it returns.
    """

    module: str
    name: str
    span: Span


@record
class MemberValue:
    """`object.name` on something that is not a plain object: `process.env.X`, `text('a').notNull`."""

    object: "Value"
    name: str
    span: Span


@dataclass(frozen=True, slots=True, match_args=False)
class CallValue:
    """A call that was not evaluated: `defineTable(t, {...})`, `text('a').notNull()`. `source` is it as carried code."""

    __match_args__ = ("callee", "arguments", "span", "source")

    callee: "Value"
    arguments: tuple["Value", ...]
    span: Span
    origin: Origin

    @property
    def source(self) -> Carried:
        return self.origin.carried(self.span)


@dataclass(frozen=True, slots=True, match_args=False)
class CodeValue:
    """What is kept as source: functions, regular expressions, tagged templates, and whatever cannot be evaluated.

    `kind` is the grammar's node type. `problem` is set when the expression is of a kind that has no value at compile
    time (`await`, a loop, an unknown name): a reader that needs the value reports that problem instead of its own; a
    reader that only carries the source may ignore it. `evaluate.functions.returned` calls a function that is kept as
    source.
    """

    __match_args__ = ("kind", "source", "span")

    kind: str
    span: Span
    origin: Origin
    problem: Problem | None = None

    @property
    def source(self) -> Carried:
        return self.origin.carried(self.span)


Value: TypeAlias = (
    StringValue | NumberValue | BooleanValue | NullValue | UndefinedValue | ArrayValue | ObjectValue
    | ExternalValue | MemberValue | CallValue | CodeValue
)  # fmt: skip
