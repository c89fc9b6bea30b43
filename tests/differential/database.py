"""Rows between the model and the database of a lane: SQL values in, wire values out."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from differential.printer import sql_name
from lanes.lane import Lane
from model.definition import Column, Project, Row, Rows, Table
from model.values import instant, iso

Value: TypeAlias = bool | int | float | str | None
Statement: TypeAlias = tuple[str, tuple[Value, ...]]


class Database:
    """The features database of a booted project."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._types: dict[str, dict[str, str]] = {}

    def reset(self, group: Project, rows: Rows) -> None:
        """Makes these the only rows of the group; children go first and come last."""
        statements: list[Statement] = [(f'DELETE FROM "{sql_name(t.name)}"', ()) for t in reversed(group.tables)]
        for table in group.tables:
            statements += [self._insert(table, row) for row in rows[table.name]]
        self._lane.call("DB", "batch", [(sql, tuple(values)) for sql, values in statements])

    def read(self, group: Project) -> dict[str, list[Row]]:
        """Every row of the group, as the API would write its values without masks."""
        return {table.name: [self._row(table, found) for found in self._select(table)] for table in group.tables}

    def take_trail(self) -> list[tuple[object, object]]:
        """What the audit database holds, once: action and result."""
        rows = self._lane.sql("AUDIT_DB", "SELECT action_name, result FROM audit_events ORDER BY created_at, rowid")
        self._lane.sql("AUDIT_DB", "DELETE FROM audit_events")
        return [(row["action_name"], row["result"]) for row in rows]

    def _select(self, table: Table) -> Sequence[Mapping[str, object]]:
        return self._lane.sql("DB", f'SELECT * FROM "{sql_name(table.name)}" ORDER BY id')

    def _insert(self, table: Table, row: Row) -> Statement:
        names = ", ".join(f'"{sql_name(name)}"' for name in table.names)
        holes = ", ".join("?" * len(table.names))
        values = tuple(self._to_sql(table, name, row[name]) for name in table.names)
        return f'INSERT INTO "{sql_name(table.name)}" ({names}) VALUES ({holes})', values

    def _row(self, table: Table, found: Mapping[str, object]) -> Row:
        return {name: self._to_wire(table, name, found[sql_name(name)]) for name in table.names}

    def _to_sql(self, table: Table, name: str, value: object) -> Value:
        kind = self._kind(table, name)
        if value is None:
            return None
        if kind == "json":
            return json.dumps(value)
        if kind == "boolean":
            return int(bool(value))
        if kind in ("millis", "seconds"):
            moment = instant(str(value))
            assert moment
            return int(moment.timestamp() * 1000 + 0.5) // (1000 if kind == "seconds" else 1)
        assert isinstance(value, str | int | float)
        return value

    def _to_wire(self, table: Table, name: str, value: object) -> object:
        kind = self._kind(table, name)
        if value is None:
            return None
        if kind == "json":
            return json.loads(str(value))
        if kind == "boolean":
            return bool(value)
        if kind in ("millis", "seconds"):
            assert isinstance(value, int | float)
            return iso(datetime.fromtimestamp(value if kind == "seconds" else value / 1000, UTC))
        return value

    def _kind(self, table: Table, name: str) -> str:
        column: Column | None = table.column(name)
        if column:
            return column.kind
        integer = self._column_types(table)[sql_name(name)].upper() == "INTEGER"
        return "millis" if integer and name.endswith("At") else "text"

    def _column_types(self, table: Table) -> dict[str, str]:
        if table.name not in self._types:
            found = self._lane.sql("DB", f"SELECT name, type FROM pragma_table_info('{sql_name(table.name)}')")
            self._types[table.name] = {str(row["name"]): str(row["type"]) for row in found}
        return self._types[table.name]
