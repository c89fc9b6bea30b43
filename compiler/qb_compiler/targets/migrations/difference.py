"""What changed between two states of a database, once renames are told apart from drops."""

from dataclasses import replace

from qb_compiler.model.record import record
from qb_compiler.targets.migrations.state import (
    StoredCheck,
    StoredColumn,
    StoredDatabase,
    StoredForeignKey,
    StoredIndex,
    StoredKey,
    StoredTable,
)


@record
class ColumnRename:
    table: str
    old: str
    new: str


@record
class TableChange:
    """A table that is in both states. `old` already has its new name and its columns theirs."""

    old: StoredTable
    new: StoredTable

    @property
    def added(self) -> tuple[StoredColumn, ...]:
        return tuple(column for column in self.new.columns if not self.old.column(column.name))

    @property
    def dropped(self) -> tuple[StoredColumn, ...]:
        return tuple(column for column in self.old.columns if not self.new.column(column.name))

    @property
    def dropped_indexes(self) -> tuple[StoredIndex, ...]:
        return tuple(index for index in self.old.indexes if index not in self.new.indexes)

    @property
    def added_indexes(self) -> tuple[StoredIndex, ...]:
        return tuple(index for index in self.new.indexes if index not in self.old.indexes)

    @property
    def added_keys(self) -> tuple[StoredForeignKey, ...]:
        return tuple(
            key for key in self.new.foreign_keys if _shape(key) not in {_shape(k) for k in self.old.foreign_keys}
        )

    @property
    def recreates(self) -> bool:
        """Whether SQLite can only do it by building the table again."""
        return (
            self._columns_changed
            or self._keys_changed
            or any(not is_addable(column) for column in self.added)
            or any(not self._is_droppable(column) for column in self.dropped)
        )

    @property
    def _columns_changed(self) -> bool:
        pairs = ((column, self.new.column(column.name)) for column in self.old.columns)
        return any(new is not None and new != old for old, new in pairs)

    @property
    def _keys_changed(self) -> bool:
        fresh = {column.name for column in self.added if column.default is None}
        kept = {_shape(key) for key in self.new.foreign_keys if key not in self.added_keys}
        alone = all(len(key.columns) == 1 and key.columns[0] in fresh for key in self.added_keys)
        return (
            not alone
            or {_shape(key) for key in self.old.foreign_keys} != kept
            or {key.columns for key in self.old.primary_keys} != {key.columns for key in self.new.primary_keys}
            or {(c.name, c.condition) for c in self.old.checks} != {(c.name, c.condition) for c in self.new.checks}
        )

    def _is_droppable(self, column: StoredColumn) -> bool:
        mentioned = f'"{column.name}"'
        return not (
            column.primary_key
            or any(column.name in key.columns for key in self.old.foreign_keys)
            or any(column.name in key.columns for key in self.old.primary_keys)
            or any(mentioned in check.condition for check in self.old.checks)
            or any(c.generated and mentioned in c.generated.expression for c in self.old.columns)
        )


@record
class Difference:
    """`old` is the state before, with the renames applied."""

    old: StoredDatabase
    new: StoredDatabase
    renamed_tables: tuple[tuple[str, str], ...] = ()
    renamed_columns: tuple[ColumnRename, ...] = ()

    @property
    def created(self) -> tuple[StoredTable, ...]:
        return tuple(table for table in self.new.tables if not self.old.table(table.name))

    @property
    def dropped(self) -> tuple[StoredTable, ...]:
        return tuple(table for table in self.old.tables if not self.new.table(table.name))

    @property
    def changed(self) -> tuple[TableChange, ...]:
        before = self.old.by_name
        pairs = ((before[table.name], table) for table in self.new.tables if table.name in before)
        return tuple(TableChange(old, new) for old, new in pairs if old != new and _differ(old, new))

    @property
    def is_empty(self) -> bool:
        return not (self.created or self.dropped or self.changed or self.renamed_tables or self.renamed_columns)


def is_addable(column: StoredColumn) -> bool:
    """Whether `ALTER TABLE … ADD` takes the column: a plain one, nullable or with a fixed default."""
    fixed = not (isinstance(column.default, str) and column.default.upper().startswith(("(", "CURRENT_")))
    stored = column.generated is not None and column.generated.kind == "stored"
    return fixed and not column.primary_key and not stored and (not column.not_null or column.default is not None)


def renamed(database: StoredDatabase, tables: dict[str, str], columns: tuple[ColumnRename, ...]) -> StoredDatabase:
    """The database after these renames; `tables` maps old names to new ones, `columns` use new table names."""
    result = tuple(_renamed_table(table, tables) for table in database.tables)
    for rename in columns:
        result = tuple(_renamed_column(table, rename) for table in result)
    return StoredDatabase(result)


def _differ(old: StoredTable, new: StoredTable) -> bool:
    change = TableChange(old, new)
    return bool(change.added or change.dropped or change.dropped_indexes or change.added_indexes) or change.recreates


def _shape(key: StoredForeignKey) -> tuple[str, tuple[str, ...], tuple[str, ...], str, str]:
    """A foreign key without its name, which SQLite does not store."""
    return key.table, key.columns, key.foreign_columns, key.on_delete, key.on_update


def _renamed_table(table: StoredTable, tables: dict[str, str]) -> StoredTable:
    keys = tuple(replace(key, table=tables.get(key.table, key.table)) for key in table.foreign_keys)
    moved = replace(table, name=tables.get(table.name, table.name), foreign_keys=keys)
    for old, new in tables.items():
        moved = _rewritten(moved, f'"{old}".', f'"{new}".')
    return moved


def _renamed_column(table: StoredTable, rename: ColumnRename) -> StoredTable:
    own = table.name == rename.table

    def moved(names: tuple[str, ...], applies: bool) -> tuple[str, ...]:
        return tuple(rename.new if applies and name == rename.old else name for name in names)

    keys = tuple(
        replace(
            key,
            columns=moved(key.columns, own),
            foreign_columns=moved(key.foreign_columns, key.table == rename.table),
        )
        for key in table.foreign_keys
    )
    if not own:
        return replace(table, foreign_keys=keys)
    result = replace(
        table,
        columns=tuple(replace(c, name=rename.new) if c.name == rename.old else c for c in table.columns),
        indexes=tuple(replace(index, columns=moved(index.columns, True)) for index in table.indexes),
        primary_keys=tuple(StoredKey(key.name, moved(key.columns, True)) for key in table.primary_keys),
        foreign_keys=keys,
    )
    return _rewritten(result, f'"{rename.old}"', f'"{rename.new}"')


def _rewritten(table: StoredTable, old: str, new: str) -> StoredTable:
    """SQL texts inside the table, with a quoted name replaced: SQLite rewrites them in the same way."""
    return replace(
        table,
        indexes=tuple(
            replace(
                index,
                where=index.where and index.where.replace(old, new),
                columns=tuple(c.replace(old, new) if c in index.expressions else c for c in index.columns),
                expressions=tuple(expression.replace(old, new) for expression in index.expressions),
            )
            for index in table.indexes
        ),
        checks=tuple(StoredCheck(check.name, check.condition.replace(old, new)) for check in table.checks),
    )
