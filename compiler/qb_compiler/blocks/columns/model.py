"""A table as Drizzle will see it: columns, keys, indexes."""

from enum import StrEnum

from qb_compiler.model.carried import Carried
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.span import SourceFile, Span


class Dialect(StrEnum):
    SQLITE = "sqlite"
    POSTGRES = "pg"
    MYSQL = "mysql"


class ColumnKind(StrEnum):
    """What a value of the column is in the API, whatever the database stores."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    NUMERIC = "numeric"
    BOOLEAN = "boolean"
    TIMESTAMP = "timestamp"
    JSON = "json"
    BLOB = "blob"


class ColumnOrigin(StrEnum):
    DECLARED = "declared"
    AUDIT = "audit"
    SCOPE = "scope"


class DefaultKind(StrEnum):
    LITERAL = "literal"
    NOW = "now"
    SQL = "sql"
    FUNCTION = "function"


@record
class Default:
    """`literal` has `value`; `sql` and `function` ($defaultFn, run by Drizzle) have `source`; `now` has neither.

    A function without a source is a value the database makes (`defaultRandom`), kept among the modifiers.
    """

    kind: DefaultKind
    value: Json = None
    source: Carried | None = None


@record
class ForeignKey:
    """`.references(() => table.column)`; `table` and `column` are the exported variable and the property."""

    table: str
    column: str
    on_delete: str | None
    on_update: str | None
    span: Span


@record
class Column:
    """`name` is the property (camelCase), `sql_name` the column in the database, `function` the Drizzle builder.

    `mode` is Drizzle's (`boolean`, `timestamp`, `timestamp_ms`, `json`, …). `modifiers` are chain calls kept as
    written, such as `.$type<Settings>()`; `options` are builder options without a field of their own. `custom` is the
    whole head (`money("price")`) when `function` is `customType`. `generated` columns are computed by the database.
    """

    name: str
    sql_name: str
    function: str
    kind: ColumnKind
    span: Span
    mode: str | None = None
    not_null: bool = False
    primary_key: bool = False
    autoincrement: bool = False
    unique: bool = False
    unique_name: str | None = None
    default: Default | None = None
    enum: tuple[str, ...] = ()
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    foreign_key: ForeignKey | None = None
    modifiers: tuple[Carried, ...] = ()
    origin: ColumnOrigin = ColumnOrigin.DECLARED
    options: tuple[tuple[str, Json], ...] = ()
    custom: Carried | None = None
    generated: bool = False


@record
class Index:
    """`columns` are property names. When something else than plain columns is indexed, `expressions` holds all parts as
    written; they and `where` may name the table's columns as `<Table.parameter>.column`."""

    name: str
    columns: tuple[str, ...]
    unique: bool
    span: Span
    where: Carried | None = None
    expressions: tuple[Carried, ...] = ()


@record
class UniqueKey:
    """Columns that have to differ together."""

    columns: tuple[str, ...]
    span: Span


@record
class Check:
    name: str
    condition: Carried


@record
class CompositeKey:
    columns: tuple[str, ...]
    name: str | None = None


@record
class CompositeForeignKey:
    columns: tuple[str, ...]
    table: str
    foreign_columns: tuple[str, ...]
    name: str | None
    on_delete: str | None
    on_update: str | None
    span: Span


@record
class Table:
    """`key` is the exported variable. Injected audit and scope columns are already among `columns`, in emission order:
    declared first, then createdAt, modifiedAt, deletedAt, createdBy, modifiedBy, deletedBy, then an injected
    organizationId. `parameter` is the author's name for the table inside carried constraints. `is_feature` tables were
    declared by `feature(…)`, whose columns are `q`."""

    key: str
    sql_name: str
    dialect: Dialect
    columns: tuple[Column, ...]
    file: SourceFile
    span: Span
    indexes: tuple[Index, ...] = ()
    checks: tuple[Check, ...] = ()
    primary_key: CompositeKey | None = None
    foreign_keys: tuple[CompositeForeignKey, ...] = ()
    parameter: str = "table"
    is_feature: bool = False

    @property
    def unique_keys(self) -> tuple[UniqueKey, ...]:
        """What must differ between rows, but for the primary key."""
        columns = (UniqueKey((column.name,), column.span) for column in self.columns if column.unique)
        return (*columns, *(UniqueKey(index.columns, index.span) for index in self.indexes if index.unique))

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def has(self, name: str) -> bool:
        return self.column(name) is not None
