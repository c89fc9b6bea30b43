"""What the database holds: the author's tables, with uniqueness that ignores soft-deleted rows.

Schema and migrations both read these tables, so that they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import replace

from qb_compiler.blocks.columns.model import Column, Index, Table
from qb_compiler.model.carried import Carried, CarriedImport
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project

SQL = CarriedImport("drizzle-orm", "sql", "sql")
_DELETED_AT = "deletedAt"


def stored_tables(project: Project, memory: Memory) -> tuple[Table, ...]:
    """Every table of the features database, in the order of the project."""
    referenced = memory.same("referenced", "", referenced_columns(project.tables))
    marks = {resource.key: resource.firewall.soft_delete for resource in project.resources}

    def stored(table: Table) -> Table:
        mark = marks.get(table.key) or (_DELETED_AT if table.has(_DELETED_AT) else None)
        given = (table, mark, referenced)
        return memory.recall("stored", table.key, given, lambda: _stored(*given))

    return tuple(stored(table) for table in project.tables)


def referenced_columns(tables: Iterable[Table]) -> frozenset[tuple[str, str]]:
    """(table, column) of everything that a foreign key points at: SQLite needs a full unique index there."""
    found: set[tuple[str, str]] = set()
    for table in tables:
        found.update((c.foreign_key.table, c.foreign_key.column) for c in table.columns if c.foreign_key)
        found.update((key.table, column) for key in table.foreign_keys for column in key.foreign_columns)
    return frozenset(found)


def _stored(table: Table, soft_delete: str | None, referenced: frozenset[tuple[str, str]]) -> Table:
    if soft_delete is None:
        return table
    partial = tuple(c for c in table.columns if c.unique and (table.key, c.name) not in referenced)
    columns = tuple(replace(c, unique=False, unique_name=None) if c in partial else c for c in table.columns)
    own = tuple(_unique_index(table, column, soft_delete) for column in partial)
    declared = tuple(_visible_only(table, index, soft_delete, referenced) for index in table.indexes)
    return replace(table, columns=columns, indexes=(*own, *declared))


def _unique_index(table: Table, column: Column, soft_delete: str) -> Index:
    name = column.unique_name or f"{table.sql_name}_{column.sql_name}_unique"
    return Index(name, (column.name,), True, column.span, _not_deleted(table, soft_delete))


def _visible_only(table: Table, index: Index, soft_delete: str, referenced: frozenset[tuple[str, str]]) -> Index:
    needed_whole = all((table.key, column) in referenced for column in index.columns)
    if not index.unique or index.where or needed_whole:
        return index
    return replace(index, where=_not_deleted(table, soft_delete))


def _not_deleted(table: Table, soft_delete: str) -> Carried:
    return Carried(f"sql`${{{table.parameter}.{soft_delete}}} is null`", table.span, (SQL,))
