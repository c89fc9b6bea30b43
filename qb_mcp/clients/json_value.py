"""Plain JSON data, and the one way it is printed into a person's file."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None
JsonObject: TypeAlias = Mapping[str, Json]


def compact(value: Json) -> str:
    """The value on one line."""
    return json.dumps(value, ensure_ascii=False)


def pretty(value: Json, indent: str = "  ") -> str:
    """The value over several lines, short lists of words kept on one."""
    return _pretty(value, indent, "")


def _pretty(value: Json, indent: str, margin: str) -> str:
    inner = margin + indent
    if isinstance(value, Mapping) and value:
        members = [f"{inner}{compact(key)}: {_pretty(item, indent, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{margin}}}"
    if isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(item, Mapping) for item in value):
        return "[\n" + ",\n".join(inner + _pretty(item, indent, inner) for item in value) + f"\n{margin}]"
    return compact(value)
