"""JSON files of hundreds of tables: each table's part is printed once and kept as text."""

import json

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
    if isinstance(value, Printed):
        return value
    if depth == 0 or not isinstance(value, dict | list | tuple) or not value:
        return _encoded(value)
    inner = " " * (indent + 2)
    if not isinstance(value, dict):
        lines = [inner + printed(item, depth - 1, indent + 2) for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{' ' * indent}]"
    lines = [f"{inner}{_quoted(key)}: {printed(item, depth - 1, indent + 2)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{' ' * indent}}}"
