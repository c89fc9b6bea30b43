"""Builds tables again where SQLite cannot alter them, without losing a row of the tables that point at them.

drizzle-kit turns foreign keys off for this, which D1 ignores: dropping the old table then cascades into its children.
So here every row concerned is copied aside first, the tables are emptied from the leaves up, rebuilt and filled again.
"""

from collections.abc import Iterable, Iterator

from qb_compiler.targets.migrations.difference import TableChange
from qb_compiler.targets.migrations.state import StoredColumn, StoredDatabase, StoredTable
from qb_compiler.targets.migrations.statements import create_table, default_sql, drop_table, name, names

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
    for table in affected:
        yield f"DELETE FROM {name(table.name)};"
    for table in affected:
        if table.name in by_name:
            yield drop_table(table.name)
            yield create_table(by_name[table.name].new)
    for table in reversed(affected):
        change = by_name.get(table.name)
        yield _refill(table, change.new if change else table)
    for table in affected:
        yield drop_table(_ASIDE + table.name)


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
