"""Single SQL statements, printed as drizzle-kit prints them."""

import json
from collections.abc import Iterable

from qb_compiler.model.literal import Scalar
from qb_compiler.targets.migrations.state import StoredColumn, StoredForeignKey, StoredIndex, StoredTable

BREAKPOINT = "--> statement-breakpoint\n"


def name(text: str) -> str:
    return "`" + text.replace("`", "``") + "`"


def names(texts: Iterable[str], separator: str = ",") -> str:
    return separator.join(name(text) for text in texts)


def script(statements: Iterable[str]) -> str:
    """One migration: statements separated as drizzle-kit and wrangler expect."""
    return BREAKPOINT.join(statements)


def create_table(table: StoredTable, as_name: str | None = None) -> str:
    lines = [
        *(column_definition(column) for column in table.columns),
        *(f"PRIMARY KEY({names(key.columns, ', ')})" for key in table.primary_keys),
        *(f"FOREIGN KEY ({names(key.columns)}) {_references(key)}" for key in table.foreign_keys),
        *(f'CONSTRAINT "{check.name}" CHECK({check.condition})' for check in table.checks),
    ]
    inner = ",\n".join(f"\t{line}" for line in lines)
    return f"CREATE TABLE {name(as_name or table.name)} (\n{inner}\n);\n"


def column_definition(column: StoredColumn) -> str:
    key = " PRIMARY KEY" if column.primary_key else ""
    automatic = " AUTOINCREMENT" if column.autoincrement else ""
    default = f" DEFAULT {default_sql(column.default)}" if column.default is not None else ""
    made = column.generated
    generated = f" GENERATED ALWAYS AS {made.expression} {made.kind.upper()}" if made else ""
    required = " NOT NULL" if column.not_null else ""
    return f"{name(column.name)} {column.type}{key}{automatic}{default}{generated}{required}"


def default_sql(default: Scalar) -> str:
    return default if isinstance(default, str) else json.dumps(default)


def create_index(table: StoredTable, index: StoredIndex) -> str:
    columns = ",".join(part if part in index.expressions else name(part) for part in index.columns)
    where = f" WHERE {index.where}" if index.where else ""
    unique = "UNIQUE " if index.unique else ""
    return f"CREATE {unique}INDEX {name(index.name)} ON {name(table.name)} ({columns}){where};"


def drop_index(index: StoredIndex) -> str:
    return f"DROP INDEX {name(index.name)};"


def drop_table(table: str) -> str:
    return f"DROP TABLE {name(table)};"


def rename_table(old: str, new: str) -> str:
    return f"ALTER TABLE {name(old)} RENAME TO {name(new)};"


def rename_column(table: str, old: str, new: str) -> str:
    return f"ALTER TABLE {name(table)} RENAME COLUMN {name(old)} TO {name(new)};"


def drop_column(table: str, column: str) -> str:
    return f"ALTER TABLE {name(table)} DROP COLUMN {name(column)};"


def add_column(table: str, column: StoredColumn, key: StoredForeignKey | None) -> str:
    references = f" {_references(key)}" if key else ""
    return f"ALTER TABLE {name(table)} ADD {column_definition(column)}{references};"


def _references(key: StoredForeignKey) -> str:
    actions = f"ON UPDATE {key.on_update} ON DELETE {key.on_delete}"
    return f"REFERENCES {name(key.table)}({names(key.foreign_columns)}) {actions}"
