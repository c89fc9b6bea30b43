"""A SQLite database as drizzle-kit's snapshots describe it: SQL names only."""

from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record


@record
class Generated:
    """`expression` stands in parentheses; `kind` is `virtual` or `stored`."""

    expression: str
    kind: str


@record
class StoredColumn:
    """`default` is SQL text, or a number or boolean as it is; None for no default."""

    name: str
    type: str
    primary_key: bool = False
    not_null: bool = False
    autoincrement: bool = False
    default: Scalar = None
    generated: Generated | None = None


@record
class StoredIndex:
    """`columns` are names, or SQL for those that are also among `expressions`."""

    name: str
    columns: tuple[str, ...]
    unique: bool
    where: str | None = None
    expressions: tuple[str, ...] = ()


@record
class StoredForeignKey:
    name: str
    table: str
    columns: tuple[str, ...]
    foreign_columns: tuple[str, ...]
    on_delete: str
    on_update: str


@record
class StoredKey:
    name: str
    columns: tuple[str, ...]


@record
class StoredCheck:
    name: str
    condition: str


@record
class StoredTable:
    name: str
    columns: tuple[StoredColumn, ...]
    indexes: tuple[StoredIndex, ...] = ()
    foreign_keys: tuple[StoredForeignKey, ...] = ()
    primary_keys: tuple[StoredKey, ...] = ()
    checks: tuple[StoredCheck, ...] = ()

    def column(self, name: str) -> StoredColumn | None:
        return next((column for column in self.columns if column.name == name), None)


@record
class StoredDatabase:
    tables: tuple[StoredTable, ...] = ()

    def table(self, name: str) -> StoredTable | None:
        return next((table for table in self.tables if table.name == name), None)

    @property
    def by_name(self) -> dict[str, StoredTable]:
        """The tables, for comparing: their order means nothing."""
        return {table.name: table for table in self.tables}
