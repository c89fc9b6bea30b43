"""What the model expects, with matchers for what the server chooses, and how an answer is compared with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from model.definition import Row

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True)
class Chosen:
    """A value that the server chooses: `id`, `time`, `text` (any non-empty string) or `any`."""

    kind: str


@dataclass(frozen=True)
class Either:
    """One of several values, where the specification leaves the choice."""

    choices: tuple[object, ...]


@dataclass(frozen=True)
class MayBe:
    """A key that may be absent; when it is there its value must match."""

    value: object


@dataclass(frozen=True)
class AtLeast:
    """An object with at least these keys."""

    keys: Mapping[str, object]


@dataclass(frozen=True)
class AnyOrder:
    """These items in any order."""

    items: Sequence[object]


@dataclass(frozen=True)
class NamesEach:
    """An object whose keys name each of these parameters."""

    names: frozenset[str]


@dataclass(frozen=True)
class Sent:
    """A body that is no JSON: exactly this text."""

    text: str


NEW_ID = Chosen("id")
NOW = Chosen("time")
TEXT = Chosen("text")
ANYTHING = Chosen("any")


@dataclass(eq=False)
class Fault(Exception):
    """A refusal. `details` is compared when it is given; `layer` None is not compared."""

    status: int
    code: str
    layer: str | None
    details: object = None

    def body(self, *, in_batch: bool = False) -> dict[str, object]:
        """The flat error object; an item of a batch needs no request id of its own."""
        return {
            "error": TEXT,
            "layer": self.layer or TEXT,
            "code": self.code,
            "hint": TEXT,
            "details": MayBe(ANYTHING) if self.details is None else self.details,
            "requestId": MayBe(TEXT) if in_batch else TEXT,
        }


@dataclass(frozen=True)
class Expected:
    """The answer to a request, the rows that must be there afterwards, and what the trail must hold of it."""

    status: int
    body: object
    rows: Mapping[str, list[Row]]
    headers: Mapping[str, str] = field(default_factory=dict)
    trail: tuple[tuple[str, str], ...] = ()


def differences(expected: object, actual: object, at: str = "body") -> Iterator[str]:
    """Every place where an answer is not what is expected, as sentences."""
    match expected:
        case Chosen(kind):
            if not _chosen(kind, actual):
                yield f"{at}: expected a server-chosen {kind}, got {actual!r}"
        case Either(choices):
            if all(any(differences(choice, actual, at)) for choice in choices):
                yield f"{at}: expected one of {choices!r}, got {actual!r}"
        case AtLeast(keys):
            yield from _object({**{key: MayBe(ANYTHING) for key in _keys(actual)}, **keys}, actual, at)
        case AnyOrder(items):
            yield from _any_order(items, actual, at)
        case NamesEach(names):
            if missing := {name for name in names if not any(name == key for key in _keys(actual))}:
                yield f"{at}: does not name {sorted(missing)}, got {actual!r}"
        case dict():
            yield from _object(expected, actual, at)
        case list():
            yield from _items(expected, actual, at)
        case _:
            if isinstance(expected, bool) != isinstance(actual, bool) or expected != actual:
                yield f"{at}: expected {expected!r}, got {actual!r}"


def _chosen(kind: str, actual: object) -> bool:
    match kind:
        case "any":
            return True
        case "time":
            return isinstance(actual, str) and bool(TIME.fullmatch(actual))
        case _:
            return isinstance(actual, str) and actual != ""


def _keys(actual: object) -> list[str]:
    return list(actual) if isinstance(actual, dict) else []


def _object(expected: Mapping[str, object], actual: object, at: str) -> Iterator[str]:
    if not isinstance(actual, dict):
        yield f"{at}: expected an object, got {actual!r}"
        return
    for key, value in expected.items():
        if key in actual:
            yield from differences(value.value if isinstance(value, MayBe) else value, actual[key], f"{at}.{key}")
        elif not isinstance(value, MayBe):
            yield f"{at}.{key}: missing, expected {value!r}"
    for key in actual.keys() - expected.keys():
        yield f"{at}.{key}: unexpected, got {actual[key]!r}"


def _items(expected: Sequence[object], actual: object, at: str) -> Iterator[str]:
    if not isinstance(actual, list) or len(actual) != len(expected):
        yield f"{at}: expected {len(expected)} items {expected!r}, got {actual!r}"
        return
    for index, (item, found) in enumerate(zip(expected, actual, strict=True)):
        yield from differences(item, found, f"{at}[{index}]")


def _any_order(items: Sequence[object], actual: object, at: str) -> Iterator[str]:
    left = list(actual) if isinstance(actual, list) else []
    for item in items:
        found = next((one for one in left if not any(differences(item, one))), None)
        if found is None:
            yield f"{at}: nothing matches {item!r} in {actual!r}"
        else:
            left.remove(found)
    if left or not isinstance(actual, list):
        yield f"{at}: unexpected {left or actual!r}"


def row_differences(expected: Mapping[str, list[Row]], actual: Mapping[str, list[Row]]) -> Iterator[str]:
    """Compares whole tables; rows are matched by id, new ones by their values."""
    for table in sorted(expected.keys() | actual.keys()):
        found = {row["id"]: row for row in actual.get(table, [])}
        fresh = []
        for row in expected.get(table, []):
            if isinstance(row["id"], Chosen):
                fresh.append(row)
            elif row["id"] in found:
                yield from differences(row, found.pop(row["id"]), f"rows.{table}[{row['id']}]")
            else:
                yield f"rows.{table}[{row['id']}]: gone"
        yield from _any_order(fresh, list(found.values()), f"rows.{table} (new)")
