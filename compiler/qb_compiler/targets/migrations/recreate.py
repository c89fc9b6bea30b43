"""Builds tables again where SQLite cannot alter them, without losing a row of the tables that point at them.

drizzle-kit turns foreign keys off for this, which D1 ignores: dropping the old table then cascades into its children.
So here every row concerned is copied aside first, the tables are emptied from the leaves up, rebuilt and filled again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qb_compiler.targets.migrations.difference import TableChange
from qb_compiler.targets.migrations.state import StoredColumn, StoredDatabase, StoredTable
from qb_compiler.targets.migrations.statements import (
    create_index,
    create_table,
    default_sql,
    drop_table,
    name,
    names,
)

DEFER = "PRAGMA defer_foreign_keys = ON;"
_ASIDE = "__kept_"


def recreate(changes: tuple[TableChange, ...], old: StoredDatabase) -> Iterator[str]:
    """The statements that give these tables their new shape. Their indexes are gone afterwards."""
    if not changes:
        return
    by_name = {change.new.name: change for change in changes}
    affected = with_descendants(by_name, old)
    yield DEFER
    for table in affected:
        yield f"CREATE TABLE {name(_ASIDE + table.name)} AS SELECT * FROM {name(table.name)};"
    yield from empty(affected)
    rebuilt = tuple(table for table in affected if table.name in by_name)
    yield from unlink(rebuilt)
    for table in rebuilt:
        yield drop_table(table.name)
        yield create_table(by_name[table.name].new)
    for table in reversed(affected):
        change = by_name.get(table.name)
        yield _refill(table, change.new if change else table)
    for table in affected:
        yield drop_table(_ASIDE + table.name)


def drop_tables(tables: tuple[StoredTable, ...]) -> Iterator[str]:
    """Drops tables for good; `tables` in the order of `with_descendants`."""
    if in_circle(tables):
        yield DEFER
        yield from empty(tables)
    yield from unlink(tables)
    yield from (drop_table(table.name) for table in tables)


def empty(tables: tuple[StoredTable, ...]) -> Iterator[str]:
    """Deletes all rows, children first. `restrict` holds even where checks are deferred, so such pointers go before."""
    for table in tables:
        strict = {column for key in table.foreign_keys if key.on_delete == "restrict" for column in key.columns}
        loose = [column.name for column in table.columns if column.name in strict and not column.not_null]
        if loose:
            yield f"UPDATE {name(table.name)} SET {', '.join(f'{name(column)} = NULL' for column in loose)};"
    yield from (f"DELETE FROM {name(table.name)};" for table in tables)


def unlink(tables: tuple[StoredTable, ...]) -> Iterator[str]:
    """Takes the foreign keys off empty tables that point at each other in a circle: SQLite does not drop a table whose
    keys point at nothing."""
    if not in_circle(tables):
        return
    for table in tables:
        unlinked = replace(table, foreign_keys=())
        yield drop_table(table.name)
        yield create_table(unlinked)
        yield from (create_index(unlinked, index) for index in table.indexes if index.unique)


def in_circle(tables: tuple[StoredTable, ...]) -> bool:
    """Whether a table points at itself, or at one that comes earlier though children come first."""
    reached: set[str] = set()
    for table in tables:
        reached.add(table.name)
        if any(key.table in reached for key in table.foreign_keys):
            return True
    return False


def with_descendants(roots: Iterable[str], database: StoredDatabase) -> tuple[StoredTable, ...]:
    """The named tables and all that point at them, directly or not; those that are pointed at come last."""
    known = database.by_name
    children: dict[str, set[str]] = {table: set() for table in known}
    for table in database.tables:
        for key in table.foreign_keys:
            if key.table != table.name and key.table in children:
                children[key.table].add(table.name)
    order: list[str] = []
    seen: set[str] = set()
    for root in sorted(roots):
        _visit(root, children, seen, order)
    return tuple(known[table] for table in order if table in known)


def _visit(table: str, children: dict[str, set[str]], seen: set[str], order: list[str]) -> None:
    if table in seen:
        return
    seen.add(table)
    for child in sorted(children.get(table, ())):
        _visit(child, children, seen, order)
    order.append(table)


def _refill(old: StoredTable, new: StoredTable) -> str:
    kept = [column for column in new.columns if column.generated is None and old.column(column.name)]
    values = ",".join(_value(column, old.column(column.name)) for column in kept)
    target = f"{name(new.name)}({names(column.name for column in kept)})"
    return f"INSERT INTO {target} SELECT {values} FROM {name(_ASIDE + old.name)};"


def _value(column: StoredColumn, before: StoredColumn | None) -> str:
    """A column that may not be null any more takes its default where it was."""
    tightened = column.not_null and before is not None and not before.not_null and column.default is not None
    if not tightened:
        return name(column.name)
    return f"coalesce({name(column.name)}, {default_sql(column.default)})"
