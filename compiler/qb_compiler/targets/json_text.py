"""JSON files of hundreds of tables: each table's part is printed once and kept as text."""

import json
from collections.abc import Iterable

from qb_compiler.model.literal import Json

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
_quoted = json.encoder.encode_basestring


class Printed(str):
    """JSON that is text already, indented as it stands in its file."""

    __slots__ = ()


ENTRY = 4
"""The indent of what an object of the whole has an entry for: `{"paths": {"/jobs": …}}`."""


def entry(value: Json, depth: int = -1) -> Printed:
    """What such an entry holds, as text."""
    return Printed(printed(value, depth, ENTRY))


def joined(first: Printed, second: Printed) -> Printed:
    """Two such objects, printed with one entry a line, as one."""
    return Printed(f"{first[: -ENTRY - 2]},{second[1:]}")


def printed(value: Json, depth: int = -1, indent: int = 0) -> str:
    """JSON with one entry a line; what lies `depth` levels down stands on one line (nothing does for -1)."""
    parts: list[str] = []
    _print(parts, value, depth, indent)
    return "".join(parts)


def _print(parts: list[str], value: Json, depth: int, indent: int) -> None:
    if isinstance(value, Printed):
        parts.append(value)
    elif depth == 0 or not isinstance(value, dict | list | tuple) or not value:
        parts.append(_encoded(value))
    elif isinstance(value, dict):
        named = ((f"{_quoted(key)}: ", item) for key, item in value.items())
        _print_entries(parts, "{", named, "}", depth, indent)
    else:
        _print_entries(parts, "[", (("", item) for item in value), "]", depth, indent)


def _print_entries(
    parts: list[str], start: str, entries: Iterable[tuple[str, Json]], end: str, depth: int, indent: int
) -> None:
    line = "\n" + " " * (indent + 2)
    for name, item in entries:
        parts.append(f"{start}{line}{name}")
        _print(parts, item, depth - 1, indent + 2)
        start = ","
    parts.append(f"\n{' ' * indent}{end}")
