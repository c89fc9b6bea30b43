"""The file formats that clients use, behind one shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from qb_mcp.clients import jsonc, toml_text, yaml_text
from qb_mcp.clients.json_value import Json, pretty


class Drop(Protocol):
    """Takes the member at a path out of a text, and up to `created` holders that it leaves empty."""

    def __call__(self, text: str, path: tuple[str, ...], *, created: int = 0) -> str: ...


@dataclass(frozen=True, slots=True)
class Format:
    """`read` raises `Unparsable`; `put` and `drop` change nothing but the member; `print` renders it for pasting."""

    name: str
    read: Callable[[str], Mapping[str, Json]]
    put: Callable[[str, tuple[str, ...], Json], str]
    drop: Drop
    print: Callable[[tuple[str, ...], Json], str]


def _nested(path: tuple[str, ...], value: Json) -> str:
    for key in reversed(path):
        value = {key: value}
    return pretty(value)


JSON = Format(
    "json",
    partial(jsonc.read, strict=True),
    partial(jsonc.put, strict=True),
    partial(jsonc.drop, strict=True),
    _nested,
)
"""Plain JSON: the client reports comments and trailing commas as errors."""

JSONC = Format("jsonc", jsonc.read, jsonc.put, jsonc.drop, _nested)
TOML = Format("toml", toml_text.read, toml_text.put, toml_text.drop, partial(toml_text.put, ""))
YAML = Format("yaml", yaml_text.read, yaml_text.put, yaml_text.drop, partial(yaml_text.put, ""))


def holders_created(format_: Format, text: str, path: tuple[str, ...]) -> int:
    """How many holders of the member do not exist yet."""
    value: Json = format_.read(text)
    for depth, key in enumerate(path[:-1]):
        if not isinstance(value, Mapping) or key not in value:
            return len(path) - 1 - depth
        value = value[key]
    return 0
