"""Any schema can become any other: the database ends as a fresh one would be, and no row that still fits is lost."""

import sqlite3
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qb_compiler.model.literal import Scalar
from qb_compiler.targets.migrations.difference import Difference
from qb_compiler.targets.migrations.script import migration_statements
from qb_compiler.targets.migrations.state import (
    StoredCheck,
    StoredColumn,
    StoredDatabase,
    StoredForeignKey,
    StoredIndex,
    StoredTable,
)
from qb_compiler.targets.migrations.statements import name

TABLES = ("a", "b", "c", "d")
COLUMNS = ("n", "m", "t", "u")
DEFAULTS: dict[str, tuple[Scalar, ...]] = {
    "text": (None, "'x'", "(strftime('%Y', 'now'))"),
    "integer": (None, 3, True),
    "real": (None, 1.5),
}


@st.composite
def columns(draw: st.DrawFn) -> StoredColumn:
    kind = draw(st.sampled_from(sorted(DEFAULTS)))
    default = draw(st.sampled_from(DEFAULTS[kind]))
    required = default is not None and draw(st.booleans())
    return StoredColumn(draw(st.sampled_from(COLUMNS)), kind, not_null=required, default=default)


@st.composite
def tables(draw: st.DrawFn, table: str, others: tuple[str, ...]) -> StoredTable:
    plain = draw(st.lists(columns(), max_size=3, unique_by=lambda column: column.name))
    targets = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    keys = tuple(
        StoredForeignKey(f"{table}_{target}_fk", target, (f"{target}_id",), ("id",), draw(actions()), "no action")
        for target in targets
    )
    identity = StoredColumn("id", "text", primary_key=True, not_null=True)
    pointers = tuple(StoredColumn(f"{target}_id", "text") for target in targets)
    made = StoredTable(table, (identity, *plain, *pointers), foreign_keys=keys)
    return replace(made, indexes=draw(indexes(made)), checks=draw(checks(plain)))


def actions() -> st.SearchStrategy[str]:
    return st.sampled_from(("cascade", "no action", "set null", "restrict"))


@st.composite
def indexes(draw: st.DrawFn, table: StoredTable) -> tuple[StoredIndex, ...]:
    chosen = draw(st.lists(st.sampled_from([column.name for column in table.columns]), max_size=2, unique=True))
    where = draw(st.sampled_from((None, f'"{table.name}"."id" is not null')))
    return tuple(StoredIndex(f"{table.name}_{column}_idx", (column,), False, where) for column in chosen)


@st.composite
def checks(draw: st.DrawFn, plain: list[StoredColumn]) -> tuple[StoredCheck, ...]:
    chosen = draw(st.lists(st.sampled_from(plain), max_size=1)) if plain else []
    return tuple(StoredCheck(f"{column.name}_check", f'"{column.name}" is not 99') for column in chosen)


@st.composite
def databases(draw: st.DrawFn) -> StoredDatabase:
    present = tuple(draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=4, unique=True)))
    return StoredDatabase(tuple(draw(tables(table, present)) for table in sorted(present)))


def connect() -> sqlite3.Connection:
    """A database as D1 is: foreign keys on, every migration in one transaction."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def migrate(connection: sqlite3.Connection, old: StoredDatabase, new: StoredDatabase) -> None:
    connection.execute("BEGIN")
    for statement in migration_statements(Difference(old, new)):
        connection.execute(statement)
    connection.execute("COMMIT")


def fill(connection: sqlite3.Connection, database: StoredDatabase) -> None:
    """Three rows a table, pointing at each other in every direction."""
    connection.execute("BEGIN")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in database.tables:
        pointers = {key.columns[0]: key.table for key in table.foreign_keys}
        for number in range(3):
            values: dict[str, str] = {"id": f"{table.name}{number}"}
            values |= {column: f"{target}{(number + 1) % 3}" for column, target in pointers.items()}
            marks = ", ".join("?" for _ in values)
            connection.execute(
                f"INSERT INTO {name(table.name)} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
            )
    connection.execute("COMMIT")


def shape(connection: sqlite3.Connection) -> dict[str, object]:
    """What the database enforces, however its text came to be."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {table: _table_shape(connection, table) for table in names}


def _table_shape(connection: sqlite3.Connection, table: str) -> object:
    columns = sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({table})"))
    keys = sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({table})"))
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,))
    text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    return columns, keys, sorted(row for row in found if row[1]), text.count("CHECK(")


def rows(connection: sqlite3.Connection, table: str, names: list[str]) -> list[tuple[object, ...]]:
    return list(connection.execute(f"SELECT {', '.join(names)} FROM {name(table)} ORDER BY id"))


@settings(max_examples=200, deadline=None)
@given(databases(), databases())
def test_a_migrated_database_is_like_a_fresh_one_and_keeps_its_rows(old: StoredDatabase, new: StoredDatabase) -> None:
    fresh, migrated = connect(), connect()
    migrate(fresh, StoredDatabase(), new)
    migrate(migrated, StoredDatabase(), old)
    fill(migrated, old)
    kept = {table.name: _kept(table, new) for table in old.tables if new.table(table.name)}
    before = {table: rows(migrated, table, names) for table, names in kept.items()}

    migrate(migrated, old, new)

    assert shape(migrated) == shape(fresh)
    assert migrated.execute("PRAGMA foreign_key_check").fetchall() == []
    for table, names in kept.items():
        assert rows(migrated, table, names) == before[table]


def _kept(table: StoredTable, new: StoredDatabase) -> list[str]:
    """The columns whose values must survive as they are: those that neither changed nor lost their target."""
    after = new.table(table.name)
    assert after is not None
    pointers = {key.columns[0] for key in (*table.foreign_keys, *after.foreign_keys)}
    return [c.name for c in table.columns if after.column(c.name) == c and c.name not in pointers]
