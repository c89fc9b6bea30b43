"""From the model's tables to what the database stores."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from qb_compiler.blocks.columns.model import Column, ColumnKind, CompositeForeignKey, DefaultKind, Index, Table
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.carried import Carried
from qb_compiler.model.literal import Json, Scalar
from qb_compiler.model.memory import Memory
from qb_compiler.model.record import record
from qb_compiler.targets.migrations.problems import UnreadableSql
from qb_compiler.targets.migrations.sql_text import NotSql, SqlContext, sql_text
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
from qb_compiler.targets.schema.columns import now_sql

_CUSTOM_TYPE = re.compile(r"""dataType\s*(?:\(\)\s*\{\s*return|:\s*\(\)\s*=>)\s*["'](?P<type>[^"']+)["']""")
_GENERATED = re.compile(
    r"\A\.?generatedAlwaysAs\((?:\(\)(?::\s*SQL)?\s*=>\s*)?(?P<sql>.*?)(?:,\s*\{(?P<options>.*)\}\s*)?,?\s*\)\Z",
    re.DOTALL,
)
_NO_ACTION = "no action"


def stored_database(tables: Iterable[Table], problems: Problems, memory: Memory) -> StoredDatabase:
    """The database with these tables."""
    known = {table.key: table for table in tables}
    stored = []
    for table in known.values():
        state, found = memory.recall_asking("state", table.key, (table,), known, partial(_state, table))
        problems.include(found)
        stored.append(state)
    return StoredDatabase(tuple(stored))


def _state(table: Table, tables: Mapping[str, Table]) -> tuple[StoredTable, Problems]:
    problems = Problems()
    return _Reader(table, tables, problems).table_state(), problems


@record
class _Reader:
    table: Table
    tables: Mapping[str, Table]
    problems: Problems

    def table_state(self) -> StoredTable:
        table = self.table
        unique = (
            StoredIndex(column.unique_name or f"{table.sql_name}_{column.sql_name}_unique", (column.sql_name,), True)
            for column in table.columns
            if column.unique
        )
        key = table.primary_key
        composite = len(key.columns) > 1 if key else False
        names = self._names(key.columns) if key else ()
        return StoredTable(
            table.sql_name,
            tuple(
                self._column(column, key is not None and not composite and column.sql_name in names)
                for column in table.columns
            ),
            (*unique, *(self._index(index) for index in table.indexes)),
            tuple(self._foreign_keys()),
            (StoredKey((key.name if key else None) or self._key_name(names), names),) if composite else (),
            tuple(StoredCheck(c.name, self._sql(c.condition, f"the check `{c.name}`")) for c in table.checks),
        )

    def _names(self, columns: Iterable[str]) -> tuple[str, ...]:
        return tuple(column.sql_name for name in columns if (column := self.table.column(name)))

    def _key_name(self, names: tuple[str, ...]) -> str:
        return "_".join((self.table.sql_name, *names, "pk"))

    def _column(self, column: Column, sole_key: bool) -> StoredColumn:
        return StoredColumn(
            column.sql_name,
            self._type(column),
            column.primary_key or sole_key,
            column.not_null or column.primary_key,
            column.autoincrement and column.primary_key,
            self._default(column),
            self._generated(column),
        )

    def _type(self, column: Column) -> str:
        if column.custom is not None:
            return self._custom_type(column, column.custom)
        name = {"int": "integer"}.get(column.function, column.function)
        return f"{name}({column.length})" if column.length is not None and name == "text" else name

    def _custom_type(self, column: Column, custom: Carried) -> str:
        for declaration in (custom.text, *custom.declarations):
            if (found := _CUSTOM_TYPE.search(declaration)) is not None:
                return found["type"]
        self.problems.report(UnreadableSql(custom.span, f"the custom type of `{column.name}`"))
        return "text"

    def _default(self, column: Column) -> Scalar:
        default = column.default
        if default is None or default.kind is DefaultKind.FUNCTION:
            return None
        if default.kind is DefaultKind.NOW:
            return now_sql(column)
        if default.kind is DefaultKind.SQL and default.source:
            return self._sql(default.source, f"the default of `{column.name}`")
        return literal_default(column, default.value)

    def _generated(self, column: Column) -> Generated | None:
        for carried in column.modifiers:
            found = _GENERATED.match(carried.text)
            if found is None:
                continue
            kind = "stored" if "stored" in (found["options"] or "") else "virtual"
            part = Carried(found["sql"].strip(), carried.span)
            return Generated(f"({self._sql(part, f'the generated column `{column.name}`', qualified=False)})", kind)
        return None

    def _index(self, index: Index) -> StoredIndex:
        where = self._sql(index.where, f"the condition of index `{index.name}`") if index.where else None
        if not index.expressions:
            return StoredIndex(index.name, self._names(index.columns), index.unique, where)
        parts = tuple(self._part(part, index) for part in index.expressions)
        plain = {column.sql_name for column in self.table.columns}
        return StoredIndex(index.name, parts, index.unique, where, tuple(part for part in parts if part not in plain))

    def _part(self, part: Carried, index: Index) -> str:
        name = part.text.strip().removeprefix(f"{self.table.parameter}.")
        column = self.table.column(name)
        return column.sql_name if column else self._sql(part, f"index `{index.name}`", qualified=False)

    def _foreign_keys(self) -> Iterator[StoredForeignKey]:
        for column in self.table.columns:
            key = column.foreign_key
            if key and key.table in self.tables:
                yield self._foreign_key(
                    CompositeForeignKey(
                        (column.name,), key.table, (key.column,), None, key.on_delete, key.on_update, key.span
                    )
                )
        for composite in self.table.foreign_keys:
            if composite.table in self.tables:
                yield self._foreign_key(composite)

    def _foreign_key(self, key: CompositeForeignKey) -> StoredForeignKey:
        target = self.tables[key.table]
        columns = self._names(key.columns)
        foreign = tuple(column.sql_name for name in key.foreign_columns if (column := target.column(name)))
        name = key.name or "_".join((self.table.sql_name, *columns, target.sql_name, *foreign, "fk"))
        actions = (key.on_delete or _NO_ACTION, key.on_update or _NO_ACTION)
        return StoredForeignKey(name, target.sql_name, columns, foreign, *actions)

    def _sql(self, source: Carried, what: str, qualified: bool = True) -> str:
        try:
            return sql_text(source.text, SqlContext(self.table, self.tables, qualified))
        except NotSql:
            self.problems.report(UnreadableSql(source.span, what))
            return ""


def literal_default(column: Column, value: Json) -> Scalar:
    """A default as drizzle-kit prints it: texts and JSON in quotes, numbers and booleans as they are."""
    if value is None:
        return None
    if column.kind is ColumnKind.BOOLEAN and isinstance(value, int):
        return bool(value)
    if isinstance(value, str) and column.kind is not ColumnKind.JSON:
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, bool | int | float):
        return value
    return "'" + json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("'", "''") + "'"
