"""Tells renames from drops: by what `compiler.migrations.renames` says, never by guessing."""

from qb_compiler.config.model import Config
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.record import record
from qb_compiler.targets.migrations.difference import ColumnRename, Difference, renamed
from qb_compiler.targets.migrations.problems import (
    AmbiguousRename,
    NullsNotAllowed,
    RequiredColumnWithoutDefault,
    UnknownRename,
)
from qb_compiler.targets.migrations.state import StoredDatabase, StoredTable

KEY = "compiler.migrations.renames"


@record
class Renamer:
    """Compares two states of the database of `config`'s features."""

    config: Config
    problems: Problems

    def difference(self, old: StoredDatabase, new: StoredDatabase) -> Difference:
        """The difference, with every problem reported that keeps it from being certain."""
        tables = self._tables(old, new)
        moved = renamed(old, dict(tables), ())
        columns = tuple(rename for table in new.tables for rename in self._columns(moved.table(table.name), table))
        found = Difference(renamed(moved, {}, columns), new, tables, columns)
        self._check_tables(found)
        for change in found.changed:
            self._check_columns(change.old, change.new)
        return found

    def check_names(self, new: StoredDatabase) -> None:
        """Reports hints whose new name is not in the schema."""
        for name, old in self.config.renames.tables:
            if not new.table(name):
                self._unknown(f"{KEY}.tables.{name}", f"the schema has no table `{name}` (it once was `{old}`)")
        for table, column, _ in self.config.renames.columns:
            stored = new.table(table)
            if stored is None:
                self._unknown(f"{KEY}.columns.{table}", f"the schema has no table `{table}`")
            elif not stored.column(column):
                self._unknown(f"{KEY}.columns.{table}.{column}", f"`{table}` has no column `{column}`")

    def _tables(self, old: StoredDatabase, new: StoredDatabase) -> tuple[tuple[str, str], ...]:
        """(old, new) of the hints that still have to happen; a hint that was carried out before is no fault."""
        return tuple(
            (before, after)
            for after, before in self.config.renames.tables
            if old.table(before) and not old.table(after) and new.table(after) and not new.table(before)
        )

    def _columns(self, old: StoredTable | None, new: StoredTable) -> list[ColumnRename]:
        if old is None:
            return []
        return [
            ColumnRename(table, before, after)
            for table, after, before in self.config.renames.columns
            if table == new.name
            and old.column(before)
            and not old.column(after)
            and new.column(after)
            and not new.column(before)
        ]

    def _check_tables(self, difference: Difference) -> None:
        gone = tuple(table.name for table in difference.dropped)
        for table in difference.created:
            if gone:
                key = f"{KEY}.tables.{table.name}"
                self.problems.report(AmbiguousRename(self.config.span, "table", table.name, gone, key))

    def _check_columns(self, old: StoredTable, new: StoredTable) -> None:
        gone = tuple(column.name for column in old.columns if not new.column(column.name))
        for column in new.columns:
            before = old.column(column.name)
            if before and not before.not_null and column.not_null and column.default is None:
                self.problems.report(NullsNotAllowed(self.config.span, new.name, column.name))
            if before:
                continue
            if gone:
                key = f"{KEY}.columns.{new.name}.{column.name}"
                name = f"{new.name}.{column.name}"
                self.problems.report(AmbiguousRename(self.config.span, "column", name, gone, key))
            elif column.not_null and column.default is None and column.generated is None:
                self.problems.report(RequiredColumnWithoutDefault(self.config.span, new.name, column.name))

    def _unknown(self, key: str, reason: str) -> None:
        self.problems.report(UnknownRename(self.config.span, key, reason))
