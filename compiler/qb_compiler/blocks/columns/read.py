"""Reads a Drizzle table declaration."""

from qb_compiler.blocks.chain import function_of
from qb_compiler.blocks.columns.builders import DIALECTS, TABLE_FUNCTIONS
from qb_compiler.blocks.columns.column import ColumnReader
from qb_compiler.blocks.columns.constraints import ConstraintReader
from qb_compiler.blocks.columns.model import Column, Dialect, Table
from qb_compiler.blocks.columns.problems import DuplicateColumn, ReferencedColumnMissing
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.values import CallValue, CodeValue, ExternalValue, ObjectValue, StringValue, Value
from qb_compiler.model.record import record


@record
class DeclaredTable:
    """A table as the author wrote it, with the object that holds its columns: edits are placed in it."""

    table: Table
    columns: ObjectValue


def table_dialect(value: Value | None) -> Dialect | None:
    """The dialect of a table declaration, or None when the value is not one."""
    if not isinstance(value, CallValue):
        return None
    found = function_of(value.callee, frozenset(DIALECTS))
    return TABLE_FUNCTIONS.get(found[1]) if found else None


def read_table(key: str, call: CallValue, columns: ColumnReader, *, is_feature: bool = False) -> DeclaredTable | None:
    """The table that `export const key = sqliteTable(…)` declares."""
    dialect = table_dialect(call) or Dialect.SQLITE
    name, declared, extra = (*call.arguments, None, None, None)[:3]
    if not isinstance(name, StringValue):
        columns.reader.wrong(name or call, f"{key}", "declared with its SQL name as first argument")
        return None
    declared = _columns_object(declared, call, columns)
    if not isinstance(declared, ObjectValue):
        columns.reader.wrong(declared or call, f"{key}", "declared with an object of columns as second argument")
        return None
    read = tuple(columns.column(entry, dialect, key) for entry in declared.entries)
    table = Table(key, name.text, dialect, read, call.span.file, call.span, is_feature=is_feature)
    _check_names(table, columns.problems)
    if extra is not None:
        table = ConstraintReader(columns, table).with_constraints(extra)
    return DeclaredTable(table, declared)


def _columns_object(value: Value | None, call: CallValue, columns: ColumnReader) -> Value | None:
    """Drizzle also takes a function of the builders: `(t) => ({ id: t.text() })`."""
    if not isinstance(value, CodeValue):
        return value
    found = function_of(call.callee, frozenset(DIALECTS))
    module = found[0] if found else ""
    return columns.apply(value, (ExternalValue(module, "*", value.span),))


def _check_names(table: Table, problems: Problems) -> None:
    seen: dict[str, Column] = {}
    for column in table.columns:
        first = seen.setdefault(column.sql_name, column)
        if first is not column:
            problems.report(DuplicateColumn(column.span, column.sql_name, Label(first.span, "first used here")))


def check_references(table: Table, tables: dict[str, Table], problems: Problems) -> None:
    """Reports a foreign key to a column that the other table does not have."""
    for column in table.columns:
        key = column.foreign_key
        target = tables.get(key.table) if key else None
        if key and target and not target.has(key.column):
            names = tuple(other.name for other in target.columns)
            problems.report(ReferencedColumnMissing(key.span, key.column, names, target.key))
