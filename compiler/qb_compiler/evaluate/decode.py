"""Reads values into typed fields. Each step returns what it read, or None after it reported what was wrong.

A block makes a `Reader` with its own problem classes; `Reader.fields` opens an object, and every key that nobody asked
for is reported when it is finished.
"""

import json
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.shape import Shape, rename
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    CallValue,
    CodeValue,
    Entry,
    ExternalValue,
    MemberValue,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.model.literal import Json, Scalar
from qb_compiler.span import Span

Choice = TypeVar("Choice", bound=StrEnum)
Item = TypeVar("Item")


def describe(value: Value) -> str:
    """What a value is, in the author's words."""
    match value:
        case StringValue(text):
            return json.dumps(text, ensure_ascii=False) if len(text) <= 40 else "a long string"
        case NumberValue(number):
            return f"the number {number}"
        case BooleanValue(flag):
            return f"`{str(flag).lower()}`"
        case NullValue():
            return "`null`"
        case UndefinedValue():
            return "`undefined`"
        case ArrayValue():
            return "an array"
        case ObjectValue():
            return "an object"
        case CodeValue():
            return "code, which is known only when it runs"
        case CallValue():
            return "a call, which is not run by the compiler"
        case ExternalValue() | MemberValue():
            return "known only at runtime"


def plain(value: Value) -> Json:
    """The value as data; code stands as its text."""
    match value:
        case StringValue(text):
            return text
        case NumberValue(number):
            return number
        case BooleanValue(flag):
            return flag
        case ArrayValue(items):
            return [plain(item) for item in items]
        case ObjectValue(entries):
            return {e.key: plain(e.value) for e in entries if not isinstance(e.value, UndefinedValue)}
        case NullValue() | UndefinedValue():
            return None
        case CodeValue() | CallValue():
            return value.span.text
        case ExternalValue(_, name):
            return name
        case MemberValue(_, name):
            return name


def as_scalar(value: Value) -> tuple[Scalar] | None:
    """A scalar in a tuple, so that null can be told from "not a scalar"."""
    match value:
        case StringValue(text):
            return (text,)
        case NumberValue(number):
            return (number,)
        case BooleanValue(flag):
            return (flag,)
        case NullValue():
            return (None,)
        case _:
            return None


def cause(value: Value | None, problem: Problem) -> Problem:
    """What is wrong with a value: why it could not be evaluated, if that is so, else `problem`."""
    return value.problem if isinstance(value, CodeValue) and value.problem else problem


class Reader:
    """Reads single values. `owner` is how messages name the place: `crud.list.pageSize`."""

    __slots__ = ("problems", "shape")

    def __init__(self, shape: Shape, problems: Problems) -> None:
        self.shape = shape
        self.problems = problems

    def wrong(self, value: Value, owner: str, expected: str, mending: tuple[Edit, ...] = ()) -> None:
        wrong = self.shape.wrong(value.span, owner, expected, describe(value), mending)
        self.problems.report(cause(value, wrong))

    def string(self, value: Value, owner: str) -> str | None:
        if isinstance(value, StringValue) and value.text:
            return value.text
        self.wrong(value, owner, "a string" if not isinstance(value, StringValue) else "a string that is not empty")
        return None

    def boolean(self, value: Value, owner: str) -> bool | None:
        if isinstance(value, BooleanValue):
            return value.flag
        quoted = value.text if isinstance(value, StringValue) else ""
        mending = (Edit(value.span, quoted),) if quoted in {"true", "false"} else ()
        self.wrong(value, owner, "`true` or `false`", mending)
        return None

    def number(self, value: Value, owner: str) -> int | float | None:
        if isinstance(value, NumberValue):
            return value.number
        self.wrong(value, owner, "a number")
        return None

    def whole(self, value: Value, owner: str, low: int, high: int) -> int | None:
        if isinstance(value, NumberValue) and value.number == int(value.number) and low <= value.number <= high:
            return int(value.number)
        self.wrong(value, owner, f"a whole number from {low} to {high}")
        return None

    def choice(self, value: Value, owner: str, choices: type[Choice]) -> Choice | None:
        names = tuple(choice.value for choice in choices)
        if isinstance(value, StringValue) and value.text in names:
            return choices(value.text)
        near = nearest(value.text, names) if isinstance(value, StringValue) else ()
        expected = " or ".join(f'"{name}"' for name in names)
        self.wrong(value, owner, expected, (rename(value.span, near[0]),) if near else ())
        return None

    def items(self, value: Value, owner: str, expected: str = "an array") -> tuple[Value, ...] | None:
        if isinstance(value, ArrayValue):
            return value.items
        mending = (Edit(value.span, f"[{value.span.text}]"),) if isinstance(value, StringValue) else ()
        self.wrong(value, owner, expected, mending)
        return None

    def strings(self, value: Value, owner: str) -> tuple[StringValue, ...] | None:
        """The strings of an array, with their places."""
        items = self.items(value, owner, "an array of strings")
        if items is None:
            return None
        for item in items:
            if not isinstance(item, StringValue):
                self.wrong(item, f"{owner}[]", "a string")
        return tuple(item for item in items if isinstance(item, StringValue))

    def entries(self, value: Value, owner: str) -> tuple[Entry, ...] | None:
        """The entries of an object used as a map; those that are undefined are left out."""
        if isinstance(value, ObjectValue):
            return tuple(e for e in value.entries if not isinstance(e.value, UndefinedValue))
        self.wrong(value, owner, "an object")
        return None

    def fields(self, value: Value, owner: str, place: Span | None = None) -> "Fields | None":
        """Opens an object whose keys are known; `place` is where a missing key is reported."""
        if isinstance(value, ObjectValue):
            return Fields(self, value, owner, place or value.span)
        self.wrong(value, owner, "an object")
        return None

    def each(self, value: Value, owner: str, read: Callable[[Value, str], Item | None]) -> tuple[Item, ...]:
        """Reads every item of an array; items that were reported are left out."""
        items = self.items(value, owner) or ()
        read_items = (read(item, f"{owner}[{number}]") for number, item in enumerate(items))
        return tuple(item for item in read_items if item is not None)


class Fields:
    """One object being read. Ask for each key once, then `finish`."""

    __slots__ = ("_asked", "_missing", "object", "owner", "place", "reader")

    def __init__(self, reader: Reader, value: ObjectValue, owner: str, place: Span) -> None:
        self.reader = reader
        self.object = value
        self.owner = owner
        self.place = place
        self._asked: list[str] = []
        self._missing: dict[str, str] = {}

    @property
    def span(self) -> Span:
        return self.object.span

    @property
    def known(self) -> frozenset[str]:
        """The keys that were asked for."""
        return frozenset(self._asked)

    def name(self, key: str) -> str:
        return f"{self.owner}.{key}" if self.owner else key

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, unless it is absent or undefined."""
        self._asked.append(key)
        entry = self.object.entry(key)
        return None if entry is None or isinstance(entry.value, UndefinedValue) else entry

    def value(self, key: str) -> Value | None:
        entry = self.entry(key)
        return entry.value if entry else None

    def required(self, key: str, example: str = "") -> Value | None:
        """The value of a key that must be there; its absence is reported by `finish`."""
        value = self.value(key)
        if value is None:
            self.lacks(key, example)
        return value

    def lacks(self, key: str, example: str = "") -> None:
        """Notes that a key is missing."""
        self._missing[key] = example

    def read(self, key: str, read: Callable[[Value, str], Item | None]) -> Item | None:
        value = self.value(key)
        return None if value is None else read(value, self.name(key))

    def string(self, key: str) -> str | None:
        return self.read(key, self.reader.string)

    def boolean(self, key: str, default: bool) -> bool:
        flag = self.read(key, self.reader.boolean)
        return default if flag is None else flag

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        number = self.read(key, lambda value, owner: self.reader.whole(value, owner, low, high))
        return default if number is None else number

    def choice(self, key: str, default: Choice) -> Choice:
        choice = self.read(key, lambda value, owner: self.reader.choice(value, owner, type(default)))
        return default if choice is None else choice

    def texts(self, key: str) -> tuple[str, ...]:
        strings = self.read(key, self.reader.strings)
        return tuple(item.text for item in strings or ())

    def fields(self, key: str) -> "Fields | None":
        entry = self.entry(key)
        return None if entry is None else self.reader.fields(entry.value, self.name(key), entry.key_span)

    def finish(self) -> None:
        """Reports every key that nobody asked for, and every one that is missing and was not just misspelled."""
        known = tuple(self._asked)
        problems, shape = self.reader.problems, self.reader.shape
        for entry in self.object.entries:
            if entry.key not in known:
                for meant in nearest(entry.key, known):
                    self._missing.pop(meant, None)
                problems.report(shape.unknown(entry.key_span, entry.key, known, self.owner))
        for key, example in self._missing.items():
            problems.report(shape.missing(self.place, self.owner, key, example))
