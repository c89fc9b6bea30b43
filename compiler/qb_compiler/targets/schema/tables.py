"""Prints one table."""

from collections.abc import Callable

from qb_compiler.blocks.columns.model import Column, DefaultKind, Table
from qb_compiler.model.record import record
from qb_compiler.targets.api.code import WIDTH, key, text
from qb_compiler.targets.schema.chains import Call, chain
from qb_compiler.targets.schema.columns import Foreign, column_calls
from qb_compiler.targets.schema.constraints import constraint_calls, functions_used


@record
class Naming:
    """How a file refers to tables: `local` by key, `annotated` where a reference closes a circle."""

    local: Callable[[str], str]
    annotated: Callable[[str, str], bool]


def table_text(table: Table, naming: Naming) -> str:
    """`export const jobs = sqliteTable(…);`"""
    constraints = constraint_calls(table, naming.local)
    indent = 4 if constraints else 2
    columns = [f"{' ' * indent}{_column(table, column, naming, indent)}" for column in table.columns]
    opening = f"export const {table.key} = sqliteTable("
    if not constraints:
        return "\n".join([f"{opening}{text(table.sql_name)}, {{", *columns, "});"])
    head = [opening, f"  {text(table.sql_name)},", "  {", *columns, "  },"]
    one_line = _one_line(table, constraints)
    if one_line:
        return "\n".join([*head, one_line, ");"])
    lines = [f"    {chain(calls, 4, after=',')}" for calls in constraints]
    return "\n".join([*head, f"  ({table.parameter}) => [", *lines, "  ],", ");"])


def _one_line(table: Table, constraints: list[tuple[Call, ...]]) -> str | None:
    inner = ", ".join(chain(calls, 0) for calls in constraints)
    line = f"  ({table.parameter}) => [{inner}],"
    return line if "\n" not in line and len(line) <= WIDTH else None


def _column(table: Table, column: Column, naming: Naming, indent: int) -> str:
    target = column.foreign_key
    foreign = Foreign(naming.local(target.table), naming.annotated(table.key, target.table)) if target else None
    return chain(column_calls(column, foreign), indent, before=f"{key(column.name)}: ", after=",")


def builders_used(table: Table, naming: Naming) -> set[str]:
    """The names that the table needs from `drizzle-orm/sqlite-core`."""
    used = {"sqliteTable", *(column.function for column in table.columns if column.custom is None)}
    circular = any(c.foreign_key and naming.annotated(table.key, c.foreign_key.table) for c in table.columns)
    return used | functions_used(table) | ({"type AnySQLiteColumn"} if circular else set())


def uses_sql(table: Table) -> bool:
    """Whether a default of ours is written with the `sql` tag."""
    return any(column.default and column.default.kind is DefaultKind.NOW for column in table.columns)
