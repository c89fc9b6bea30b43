"""drizzle-kit's snapshot of a database (version 6), written and read."""

import json
import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from qb_compiler.model.literal import Json, Scalar
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.record import record
from qb_compiler.targets.json_text import Printed, entry, printed
from qb_compiler.targets.migrations.state import (
    Generated,
    StoredCheck,
    StoredColumn,
    StoredDatabase,
    StoredForeignKey,
    StoredIndex,
    StoredKey,
    StoredTable,
)

FIRST = "00000000-0000-0000-0000-000000000000"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "quickback:migrations")
JsonObject = Mapping[str, Json]


class NotASnapshot(ValueError):
    """The text is no snapshot that we can read."""


@record
class TableText:
    """A table as it stands in the file, and in what the id is made from."""

    printed: Printed
    line: str


@record
class Snapshot:
    """What a file says, and its text. Reading the text gives `id` and `database` again."""

    id: str
    database: StoredDatabase
    text: str


def write_snapshot(database: StoredDatabase, previous: str, memory: Memory | None = None) -> Snapshot:
    """The id follows from the content, so that equal input gives equal bytes."""
    remembered = memory or NoMemory()
    ordered = sorted(database.tables, key=lambda table: table.name)
    texts = {t.name: remembered.recall("snapshot", t.name, (t,), partial(_text_of, t)) for t in ordered}
    lines = ", ".join(f"{json.dumps(name)}: {text.line}" for name, text in texts.items())
    identity = str(uuid.uuid5(_SPACE, f"{previous}{{{lines}}}"))
    content: JsonObject = {
        "version": "6",
        "dialect": "sqlite",
        "id": identity,
        "prevId": previous,
        "tables": {name: text.printed for name, text in texts.items()},
        "views": {},
        "enums": {},
        "_meta": {"schemas": {}, "tables": {}, "columns": {}},
        "internal": {"indexes": _expressions(database)},
    }
    return Snapshot(identity, StoredDatabase(tuple(ordered)), printed(content) + "\n")


def _text_of(table: StoredTable) -> TableText:
    content = _table(table)
    return TableText(entry(content), json.dumps(content))


def read_snapshot(text: str) -> tuple[str, StoredDatabase]:
    """(id, database) of a snapshot, ours or drizzle-kit's."""
    try:
        content = _object(json.loads(text))
        if content.get("version") != "6" or content.get("dialect") != "sqlite":
            raise NotASnapshot("it is not a SQLite snapshot of version 6")
        tables = _objects(content.get("tables"))
        expressions = _objects(_object(content.get("internal") or {}).get("indexes"))
        return _text(content, "id"), StoredDatabase(tuple(_read_table(table, expressions) for table in tables.values()))
    except (ValueError, KeyError) as error:
        raise NotASnapshot(str(error)) from error


def _table(table: StoredTable) -> Json:
    return {
        "name": table.name,
        "columns": {column.name: _column(column) for column in table.columns},
        "indexes": {index.name: _index(index) for index in table.indexes},
        "foreignKeys": {key.name: _foreign_key(table, key) for key in table.foreign_keys},
        "compositePrimaryKeys": {
            key.name: {"columns": list(key.columns), "name": key.name} for key in table.primary_keys
        },
        "uniqueConstraints": {},
        "checkConstraints": {check.name: {"name": check.name, "value": check.condition} for check in table.checks},
    }


def _column(column: StoredColumn) -> Json:
    content: dict[str, Json] = {
        "name": column.name,
        "type": column.type,
        "primaryKey": column.primary_key,
        "notNull": column.not_null,
        "autoincrement": column.autoincrement,
    }
    if column.generated:
        content["generated"] = {"as": column.generated.expression, "type": column.generated.kind}
    if column.default is not None:
        content["default"] = column.default
    return content


def _index(index: StoredIndex) -> Json:
    content: dict[str, Json] = {"name": index.name, "columns": list(index.columns), "isUnique": index.unique}
    return content if index.where is None else {**content, "where": index.where}


def _foreign_key(table: StoredTable, key: StoredForeignKey) -> Json:
    return {
        "name": key.name,
        "tableFrom": table.name,
        "tableTo": key.table,
        "columnsFrom": list(key.columns),
        "columnsTo": list(key.foreign_columns),
        "onDelete": key.on_delete,
        "onUpdate": key.on_update,
    }


def _expressions(database: StoredDatabase) -> Json:
    return {
        index.name: {"columns": {expression: {"isExpression": True} for expression in index.expressions}}
        for table in database.tables
        for index in table.indexes
        if index.expressions
    }


def _read_table(content: JsonObject, expressions: Mapping[str, JsonObject]) -> StoredTable:
    return StoredTable(
        _text(content, "name"),
        tuple(_read_column(column) for column in _objects(content.get("columns")).values()),
        (
            *(_read_index(index, expressions) for index in _objects(content.get("indexes")).values()),
            *(_read_unique(unique) for unique in _objects(content.get("uniqueConstraints")).values()),
        ),
        tuple(_read_foreign_key(key) for key in _objects(content.get("foreignKeys")).values()),
        tuple(
            StoredKey(_text(key, "name"), _texts(key, "columns"))
            for key in _objects(content.get("compositePrimaryKeys")).values()
        ),
        tuple(
            StoredCheck(_text(check, "name"), _text(check, "value"))
            for check in _objects(content.get("checkConstraints")).values()
        ),
    )


def _read_column(content: JsonObject) -> StoredColumn:
    generated = _object(content.get("generated") or {})
    default = content.get("default")
    return StoredColumn(
        _text(content, "name"),
        _text(content, "type"),
        content.get("primaryKey") is True,
        content.get("notNull") is True,
        content.get("autoincrement") is True,
        default if isinstance(default, Scalar) else None,
        Generated(_text(generated, "as"), _text(generated, "type")) if generated else None,
    )


def _read_index(content: JsonObject, expressions: Mapping[str, JsonObject]) -> StoredIndex:
    name, where = _text(content, "name"), content.get("where")
    known = expressions.get(name, {}).get("columns")
    columns = _texts(content, "columns")
    computed = tuple(column for column in columns if column in (known if isinstance(known, Mapping) else {}))
    return StoredIndex(
        name, columns, content.get("isUnique") is True, where if isinstance(where, str) else None, computed
    )


def _read_unique(content: JsonObject) -> StoredIndex:
    return StoredIndex(_text(content, "name"), _texts(content, "columns"), True)


def _read_foreign_key(content: JsonObject) -> StoredForeignKey:
    return StoredForeignKey(
        _text(content, "name"),
        _text(content, "tableTo"),
        _texts(content, "columnsFrom"),
        _texts(content, "columnsTo"),
        str(content.get("onDelete") or "no action"),
        str(content.get("onUpdate") or "no action"),
    )


def _object(value: Json) -> JsonObject:
    if not isinstance(value, Mapping):
        raise NotASnapshot("an object is missing")
    return value


def _objects(value: Json) -> dict[str, JsonObject]:
    return {name: _object(item) for name, item in _object(value or {}).items()}


def _text(content: JsonObject, key: str) -> str:
    value = content.get(key)
    if not isinstance(value, str):
        raise NotASnapshot(f"`{key}` is missing")
    return value


def _texts(content: JsonObject, key: str) -> tuple[str, ...]:
    value = content.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise NotASnapshot(f"`{key}` is missing")
    return tuple(str(item) for item in value)
