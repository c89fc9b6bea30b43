"""The compiled description of every table, whole, or one table of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qb_mcp.errors import QbError
from qb_mcp.operations.json_value import Json, JsonObject, is_deep
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.project_files import read_file
from qb_mcp.operations.text import one_line

REGISTRY = "schema-registry.json"
DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Registry:
    """`content` is the registry, or the entry of `table` when one was asked for; `tables` are names with features."""

    content: JsonObject
    table: str | None
    tables: tuple[tuple[str, str], ...]


def read_schema_registry(root: Path, table: str | None = None) -> Registry:
    """What the last compile wrote to `schema-registry.json`."""
    if not (root / REGISTRY).exists():
        raise QbError(f"there is no `{REGISTRY}` yet", "compile the project first: call `compile` with `write: true`")
    content = _parsed(read_file(root, REGISTRY).text)
    entries = content.get("tables")
    if not isinstance(entries, Mapping):
        raise QbError(f"`{REGISTRY}` has no `tables`: it is not what a compile writes", "compile the project again")
    tables = tuple((name, _feature(entry)) for name, entry in sorted(entries.items()))
    if table is None:
        return Registry(content, None, tables)
    name = _named(table, entries)
    entry = entries[name]
    return Registry(entry if isinstance(entry, Mapping) else {}, name, tables)


def _parsed(text: str) -> JsonObject:
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, Mapping) or is_deep(content, DEEPEST):
        raise QbError(f"`{REGISTRY}` does not hold a JSON object of ours", "compile the project again")
    return content


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _feature(entry: Json) -> str:
    feature = entry.get("feature") if isinstance(entry, Mapping) else None
    return feature if isinstance(feature, str) else ""


def _named(table: str, entries: JsonObject) -> str:
    """The registry's key for a table's key, database name or route."""
    if table in entries:
        return table
    for name, entry in entries.items():
        aliases = [entry.get(key) for key in ("dbName", "apiPath")] if isinstance(entry, Mapping) else []
        if table in aliases or table.strip("/").removeprefix("api/v1/") in aliases:
            return name
    near = nearest_names(table, entries)
    listed = ", ".join(f"`{one_line(name, 80)}`" for name in near or sorted(entries)[:20])
    raise QbError(f"the registry has no table `{one_line(table, 80)}`", f"{'nearest' if near else 'tables'}: {listed}")
