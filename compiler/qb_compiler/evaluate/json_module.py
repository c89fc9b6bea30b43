"""An imported JSON file as a module: its value is the default export, and each of its keys a named one."""

import json
import math
import re

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.bindings import DEFAULT, Declarations, Export
from qb_compiler.evaluate.coerce import exact
from qb_compiler.evaluate.literals import unescaped
from qb_compiler.evaluate.problems import BadEscape, DuplicateKey, ImportNotRead, NotFinite, TooDeep, TooMuch, WrongKey
from qb_compiler.evaluate.scope import MOST_DEPTH, MOST_ITEMS
from qb_compiler.evaluate.values import (
    ArrayValue,
    BooleanValue,
    Entry,
    NullValue,
    NumberValue,
    ObjectValue,
    StringValue,
    Value,
)
from qb_compiler.model.literal import Json
from qb_compiler.span import SourceFile, Span

WHOLE = "*json*"
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{}:,"]+')
WORDS = {"true": True, "false": False}


class Unusable(Exception):
    """The file has no value; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def json_values(file: SourceFile) -> dict[str, Value]:
    """What a JSON file exports, by name. Raises `Unusable`."""
    _check_form(file)
    whole = _Tokens(file).value(0)
    entries = whole.entries if isinstance(whole, ObjectValue) else ()
    return {**{entry.key: entry.value for entry in entries}, WHOLE: whole}


def json_declarations(values: dict[str, Value]) -> Declarations:
    exports = {name: Export(name, value.span) for name, value in values.items() if name not in {WHOLE, DEFAULT}}
    return Declarations(exports={**exports, DEFAULT: Export(WHOLE, values[WHOLE].span)})


def _check_form(file: SourceFile) -> None:
    """JavaScript's numbers are finite, and JSON has no comments."""
    try:
        _: Json = json.loads(file.text, parse_constant=_no_json)
    except json.JSONDecodeError as error:
        place = Span(file, error.pos, min(error.pos + 1, len(file.text)))
        reason = f"it is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise Unusable(ImportNotRead(place, file.path, reason)) from error
    except ValueError as error:
        raise Unusable(ImportNotRead(Span(file, 0, 0), file.path, f"it is not JSON: {error}")) from error
    except RecursionError as error:
        raise Unusable(TooDeep(Span(file, 0, 0))) from error


def _no_json(word: str) -> None:
    raise ValueError(f"`{word}` is no number")


class _Tokens:
    """Reads text that is known to be JSON, so that commas and colons need no looking at."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.tokens = list(TOKEN.finditer(file.text))
        self.at = 0
        self.read = 0

    def value(self, depth: int) -> Value:
        text, span = self._next()
        self.read += 1
        if self.read > MOST_ITEMS:
            raise Unusable(TooMuch(span))
        if text in "[{":
            if depth >= MOST_DEPTH:
                raise Unusable(TooDeep(span))
            return self._array(span.start, depth + 1) if text == "[" else self._object(span.start, depth + 1)
        if text.startswith('"'):
            return StringValue(_unquoted(text, span), span)
        return NullValue(span) if text == "null" else self._scalar(text, span)

    def _scalar(self, text: str, span: Span) -> Value:
        if text in WORDS:
            return BooleanValue(WORDS[text], span)
        number = float(text)
        if not math.isfinite(number):
            raise Unusable(NotFinite(span))
        return NumberValue(exact(number), span)

    def _array(self, start: int, depth: int) -> Value:
        items = []
        while self.tokens[self.at][0] != "]":
            items.append(self.value(depth))
        return ArrayValue(tuple(items), self._closed(start), _weight(items))

    def _object(self, start: int, depth: int) -> Value:
        entries: dict[str, Entry] = {}
        while self.tokens[self.at][0] != "}":
            key, span = self._key()
            if key in entries:
                raise Unusable(DuplicateKey(span, key, entries[key].key_span))
            entries[key] = Entry(key, span, self.value(depth))
        values = [entry.value for entry in entries.values()]
        return ObjectValue(tuple(entries.values()), self._closed(start), _weight(values))

    def _key(self) -> tuple[str, Span]:
        written, span = self._next()
        key = _unquoted(written, span)
        if key == "__proto__":
            raise Unusable(WrongKey(span, "`__proto__` is not data"))
        return key, span

    def _next(self) -> tuple[str, Span]:
        token = self.tokens[self.at]
        self.at += 1
        return token[0], Span(self.file, token.start(), token.end())

    def _closed(self, start: int) -> Span:
        """The place of what began at `start` and ends with the next token."""
        _, last = self._next()
        return Span(self.file, start, last.end)


def _unquoted(written: str, span: Span) -> str:
    text = unescaped(written[1:-1])
    if text is None:
        raise Unusable(BadEscape(span))
    return text


def _weight(values: list[Value]) -> int:
    return 1 + sum(value.weight if isinstance(value, ArrayValue | ObjectValue) else 1 for value in values)
