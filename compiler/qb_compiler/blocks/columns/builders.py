"""The column builders of Drizzle's three dialects, and what a value of each is in the API."""

from collections.abc import Mapping
from dataclasses import field

from qb_compiler.blocks.columns.model import ColumnKind, Dialect
from qb_compiler.model.record import record

DIALECTS = {
    "drizzle-orm/sqlite-core": Dialect.SQLITE,
    "drizzle-orm/pg-core": Dialect.POSTGRES,
    "drizzle-orm/mysql-core": Dialect.MYSQL,
}
TABLE_FUNCTIONS = {"sqliteTable": Dialect.SQLITE, "pgTable": Dialect.POSTGRES, "mysqlTable": Dialect.MYSQL}


@record
class Builder:
    """`modes` says what a `mode` option makes of the value."""

    kind: ColumnKind
    modes: Mapping[str, ColumnKind] = field(default_factory=dict)
    autoincrement: bool = False


TEXT = Builder(ColumnKind.TEXT)
INTEGER = Builder(ColumnKind.INTEGER)
REAL = Builder(ColumnKind.REAL)
JSON = Builder(ColumnKind.JSON)
BLOB = Builder(ColumnKind.BLOB)
BOOLEAN = Builder(ColumnKind.BOOLEAN)
SERIAL = Builder(ColumnKind.INTEGER, autoincrement=True)
NUMERIC = Builder(
    ColumnKind.NUMERIC,
    {"string": ColumnKind.NUMERIC, "number": ColumnKind.REAL, "bigint": ColumnKind.NUMERIC},
)
BIGINT = Builder(ColumnKind.INTEGER, {"number": ColumnKind.INTEGER, "bigint": ColumnKind.NUMERIC})
TIMESTAMP = Builder(ColumnKind.TIMESTAMP, {"date": ColumnKind.TIMESTAMP, "string": ColumnKind.TEXT})
DATE = Builder(ColumnKind.TEXT, {"date": ColumnKind.TIMESTAMP, "string": ColumnKind.TEXT})
SQLITE_INTEGER = Builder(
    ColumnKind.INTEGER,
    {
        "number": ColumnKind.INTEGER,
        "boolean": ColumnKind.BOOLEAN,
        "timestamp": ColumnKind.TIMESTAMP,
        "timestamp_ms": ColumnKind.TIMESTAMP,
    },
)

SQLITE = {
    "text": Builder(ColumnKind.TEXT, {"text": ColumnKind.TEXT, "json": ColumnKind.JSON}),
    "integer": SQLITE_INTEGER,
    "int": SQLITE_INTEGER,
    "real": REAL,
    "numeric": NUMERIC,
    "blob": Builder(
        ColumnKind.BLOB, {"buffer": ColumnKind.BLOB, "bigint": ColumnKind.NUMERIC, "json": ColumnKind.JSON}
    ),
}
POSTGRES = {
    **dict.fromkeys(
        ("text", "varchar", "char", "uuid", "time", "interval", "inet", "cidr", "macaddr", "macaddr8"), TEXT
    ),
    **dict.fromkeys(("integer", "smallint"), INTEGER),
    **dict.fromkeys(("serial", "smallserial"), SERIAL),
    **dict.fromkeys(("real", "doublePrecision"), REAL),
    **dict.fromkeys(("numeric", "decimal"), NUMERIC),
    **dict.fromkeys(("json", "jsonb", "point", "line", "geometry", "vector", "halfvec"), JSON),
    **dict.fromkeys(("bit", "sparsevec"), TEXT),
    "bigint": BIGINT,
    "bigserial": Builder(BIGINT.kind, BIGINT.modes, autoincrement=True),
    "boolean": BOOLEAN,
    "bytea": BLOB,
    "timestamp": TIMESTAMP,
    "date": DATE,
}
MYSQL = {
    **dict.fromkeys(("text", "tinytext", "mediumtext", "longtext", "varchar", "char", "time"), TEXT),
    **dict.fromkeys(("int", "tinyint", "smallint", "mediumint", "year"), INTEGER),
    **dict.fromkeys(("real", "double", "float"), REAL),
    **dict.fromkeys(("binary", "varbinary"), BLOB),
    **dict.fromkeys(("datetime", "timestamp"), TIMESTAMP),
    "decimal": NUMERIC,
    "bigint": BIGINT,
    "serial": SERIAL,
    "boolean": BOOLEAN,
    "json": JSON,
    "date": DATE,
}
BUILDERS: Mapping[Dialect, Mapping[str, Builder]] = {
    Dialect.SQLITE: SQLITE,
    Dialect.POSTGRES: POSTGRES,
    Dialect.MYSQL: MYSQL,
}
ENUM_FUNCTIONS = frozenset({"pgEnum", "mysqlEnum"})
