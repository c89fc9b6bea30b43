"""Names inside generated modules. A table may be called what one of our own names is called; then it gets a suffix."""

from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api.imports import PACKAGES, RUNTIME

_OWN = frozenset(
    {
        "access", "actions", "asked", "batch", "below", "blank", "bodies", "c", "change", "checked", "children",
        "columns", "ctx", "data", "db", "fields", "firewall", "found", "fresh", "gone", "guards", "id", "input", "item",
        "items", "judgeable", "known", "knownFields", "labels", "list", "masks", "now", "page", "present", "query",
        "record", "removal", "resource", "result", "routes", "row", "rows", "saved", "seen", "shown", "table", "taken",
        "values", "viewAccess", "views", "visible", "where", "whole", "writable", "featuresDb", "undefined",
        "Map", "Set", "Date", "Number", "String", "Object", "JSON", "Array", "Promise", "Response", "Request", "Error",
    }
)  # fmt: skip
_IMPORTED = frozenset(name.removeprefix("type ") for names in (*PACKAGES.values(), *RUNTIME.values()) for name in names)


def table_name(key: str) -> str:
    """What the table is called inside routes and resource modules."""
    return f"{key}Table" if key in _OWN or key in _IMPORTED else key


def table_import(key: str) -> str:
    local = table_name(key)
    return key if local == key else f"{key} as {local}"


def folder(feature: str) -> str:
    return f"src/features/{feature}"


def to_feature(source: str, target: str) -> str:
    """The path from a module of one feature to the folder of another."""
    return "." if source == target else f"../{target}"


def resource_alias(resource: Resource) -> str:
    """What another module calls the `resource` of this table."""
    return f"{resource.key}Resource"


def schema_path(source: str, table: Resource | InternalTable) -> str:
    return f"{to_feature(source, table.feature)}/schema"
