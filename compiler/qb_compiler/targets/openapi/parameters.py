"""The query strings of lists and views."""

from qb_compiler.blocks.columns.model import Column, ColumnKind
from qb_compiler.model.literal import Json
from qb_compiler.model.resource import Resource
from qb_compiler.targets.openapi.names import JsonObject, reference
from qb_compiler.targets.openapi.schemas import column_schema

_ORDERED = frozenset({ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.REAL, ColumnKind.NUMERIC, ColumnKind.TIMESTAMP})
_UNFILTERED = frozenset({ColumnKind.JSON, ColumnKind.BLOB})
_SHARED = ("offset", "fields", "sort", "order", "search", "count")


def shared_parameters() -> JsonObject:
    """Those that every list has; `limit` depends on the table."""
    return {
        "offset": _query("offset", {"type": "integer", "minimum": 0, "default": 0}, "Rows to skip."),
        "fields": _query("fields", {"type": "string"}, "Columns to return, separated by commas."),
        "sort": _query(
            "sort",
            {"type": "string"},
            "`name`, `-createdAt`, or several: `status:asc,createdAt:desc`. Ties go by the primary key.",
        ),
        "order": _query(
            "order", {"type": "string", "enum": ["asc", "desc"]}, "The direction, when `sort` does not say it."
        ),
        "search": _query("search", {"type": "string"}, "Text that one of the text columns contains, ignoring case."),
        "count": _query(
            "count", {"type": "boolean", "default": False}, "Adds `pagination.total` and the header `X-Total-Count`."
        ),
    }


def id_parameter(resource: Resource) -> JsonObject:
    return {"name": "id", "in": "path", "required": True, "schema": column_schema(resource.id_column)}


def fields_parameter() -> JsonObject:
    return reference("parameters", "fields")


def list_parameters(resource: Resource, page_size: int, largest: int, columns: tuple[str, ...] | None) -> list[Json]:
    """Paging, sorting and search, then the filters of each column."""
    limit = _query("limit", {"type": "integer", "minimum": 1, "maximum": largest, "default": page_size}, "Rows a page.")
    shared: list[Json] = [reference("parameters", name) for name in _SHARED]
    shown = [c for c in resource.table.columns if columns is None or c.name in columns]
    return [limit, *shared, *(filter_ for column in shown for filter_ in _filters(column))]


def _filters(column: Column) -> list[Json]:
    if column.kind in _UNFILTERED:
        return []
    schema, text = column_schema(column), {"type": "string"}
    operators: dict[str, Json] = {"": schema, ".ne": schema, ".in": text}
    if column.kind is ColumnKind.TEXT:
        operators[".like"] = text
    if column.kind in _ORDERED:
        plain = {key: value for key, value in schema.items() if key != "enum"}
        operators |= {".gt": plain, ".gte": plain, ".lt": plain, ".lte": plain}
    return [_query(f"{column.name}{operator}", of) for operator, of in operators.items()]


def _query(name: str, schema: Json, description: str | None = None) -> JsonObject:
    said: JsonObject = {"description": description} if description else {}
    return {"name": name, "in": "query", **said, "schema": schema}
