"""Requests that hunt for what a caller may not know: masked values, and whether a row exists."""

from collections.abc import Iterator

from differential.exempt import is_unique
from differential.meddling import masked_columns
from model.definition import Json, Request, Row, Rows, Table
from model.rules import Caller


def probes(table: Table, rows: Rows, caller: Caller, who: str) -> Iterator[Request]:
    """Requests that hunt for a masked value."""
    paths = [f"/{table.route}", *(f"/{table.route}/views/{name}" for name in table.views)]
    for name in masked_columns(table, caller):
        values = [str(row[name]) for row in rows[table.name] if row[name] is not None][:2]
        for path in paths:
            yield from (Request(who, "GET", path, ((name, value),)) for value in values)
            yield from (Request(who, "GET", path, ((f"{name}.like", value[:3]),)) for value in values)
            yield from (Request(who, "GET", path, (("search", value),)) for value in values)
            yield Request(who, "GET", path, (("sort", f"{name}:asc"),))
            yield Request(who, "GET", path, ((f"{name}.gt", "0"),))
        if not is_unique(table, name):
            yield from (_batch_of(table, name, row, who) for row in rows[table.name] if row[name] is not None)


def _batch_of(table: Table, name: str, row: Row, who: str) -> Request:
    """A batch that writes the value that is there, beside an item that fails: neither may tell anything of it."""
    value = row[name]
    assert value is None or isinstance(value, str | int | float | bool | list | dict)
    records: list[Json] = [{"id": str(row["id"]), name: value}, {"id": "absent", name: value}]
    return Request(who, "PATCH", f"/{table.route}/batch", body={"records": records})


def touches(table: Table, key: str, who: str) -> Iterator[Request]:
    """Every way to ask for one row, but for PUT, which makes an absent one."""
    verbs = {"get": "GET", "update": "PATCH", "delete": "DELETE"}
    for verb, method in verbs.items():
        if verb in table.crud:
            yield Request(who, method, f"/{table.route}/{key}", body=None if method == "GET" else {})
    for action in table.actions.values():
        if not action.standalone and not action.unsafe:
            yield Request(who, "POST", f"/{table.route}/{key}/{action.name}", body={"reason": "because"})
    if "update" in table.crud:
        yield Request(who, "PATCH", f"/{table.route}/batch", body={"records": [{"id": key}]})
    if "delete" in table.crud:
        yield Request(who, "DELETE", f"/{table.route}/batch", body={"ids": [key]})
