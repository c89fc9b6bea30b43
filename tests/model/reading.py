"""Reads: lists, views and single records as a caller sees them, labels included (decisions 4)."""

from model.answer import MayBe
from model.definition import Column, Row, Rule, Table
from model.masks import shown
from model.query import Reading, matches, ordered, parse_query
from model.rules import Caller, allows, has_code
from model.store import Store


def render(store: Store, table: Table, row: Row, fields: tuple[str, ...], caller: Caller) -> Row:
    """A row in a response: masked, with the labels of the references it shows."""
    seen: Row = {name: shown(table, row, name, caller) for name in fields}
    for column in table.columns:
        if column.name in fields and (key := label_key(store, table, column)):
            seen[key] = label(store, column, row[column.name], caller)
    return seen


def written(store: Store, table: Table, row: Row, caller: Caller) -> Row:
    """A row in the answer to a write: what `get` shows; whether labels come along is left open."""
    reading = table.crud.get("get")
    seen = render(store, table, row, (reading and reading.fields) or table.names, caller)
    return {name: value if name in table.names else MayBe(value) for name, value in seen.items()}


def label_key(store: Store, table: Table, column: Column) -> str | None:
    """`x_label` for a reference `xId` to a table of the same feature that has a display column."""
    if column.target is None or not column.name.endswith("Id"):
        return None
    target = store.project.table(column.target)
    if target.feature != table.feature or target.display_column is None:
        return None
    return f"{column.name.removesuffix('Id')}_label"


def label(store: Store, column: Column, key: object, caller: Caller) -> object:
    """The target's display value: null unless firewall and `get` show the target, masked as the target says."""
    target = store.project.table(str(column.target))
    row = store.find(target, key, caller)
    reading = target.crud.get("get")
    if row is None or reading is None or has_code(reading.access) or not allows(reading.access, caller, target, row):
        return None
    assert target.display_column
    return shown(target, row, target.display_column, caller)


def page(
    store: Store, reading: Reading, access: Rule, pairs: tuple[tuple[str, str], ...], caller: Caller
) -> tuple[dict[str, object], dict[str, str]]:
    """The body and headers of a list or view."""
    table = reading.table
    query = parse_query(reading, pairs, caller)
    readable = [row for row in store.visible(table, caller) if allows(access, caller, table, row)]
    found = ordered(query, table, [row for row in readable if matches(query, table, row)])
    rows = found[query.offset : query.offset + query.limit]
    body: dict[str, object] = {
        "data": [render(store, table, row, query.fields, caller) for row in rows],
        "pagination": {"limit": query.limit, "offset": query.offset, "count": len(rows)},
    }
    if not query.total:
        return body, {}
    body["pagination"] = {"limit": query.limit, "offset": query.offset, "count": len(rows), "total": len(found)}
    return body, {"x-total-count": str(len(found))}
