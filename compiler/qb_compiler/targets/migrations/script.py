"""A difference as SQL, in the order that keeps every statement valid."""

from collections.abc import Iterator

from qb_compiler.targets.migrations.difference import Difference, TableChange
from qb_compiler.targets.migrations.recreate import drop_tables, recreate, with_descendants
from qb_compiler.targets.migrations.state import StoredColumn, StoredForeignKey, StoredTable
from qb_compiler.targets.migrations.statements import (
    add_column,
    create_index,
    create_table,
    drop_column,
    drop_index,
    rename_column,
    rename_table,
)


def migration_statements(difference: Difference) -> list[str]:
    """Renames, then what goes out of the way, new tables, changed tables, dropped tables, new indexes."""
    changed = difference.changed
    rebuilt = tuple(change for change in changed if change.recreates)
    altered = tuple(change for change in changed if not change.recreates)
    return [
        *(rename_table(old, new) for old, new in difference.renamed_tables),
        *(rename_column(rename.table, rename.old, rename.new) for rename in difference.renamed_columns),
        *(drop_index(index) for change in altered for index in change.dropped_indexes),
        *(statement for table in difference.created for statement in _created(table)),
        *(add_column(*addition) for change in altered for addition in _additions(change)),
        *recreate(rebuilt, difference.old),
        *(drop_column(change.new.name, column.name) for change in altered for column in change.dropped),
        *drop_tables(_dropped(difference)),
        *(create_index(change.new, index) for change in altered for index in change.added_indexes),
        *(create_index(change.new, index) for change in rebuilt for index in change.new.indexes),
    ]


def _created(table: StoredTable) -> Iterator[str]:
    yield create_table(table)
    yield from (create_index(table, index) for index in table.indexes)


def _additions(change: TableChange) -> Iterator[tuple[str, StoredColumn, StoredForeignKey | None]]:
    keys = {key.columns[0]: key for key in change.added_keys}
    for column in change.added:
        yield change.new.name, column, keys.get(column.name)


def _dropped(difference: Difference) -> tuple[StoredTable, ...]:
    """Children before the tables that they point at."""
    gone = {table.name for table in difference.dropped}
    return tuple(table for table in with_descendants(gone, difference.old) if table.name in gone)
