"""The columns of a table as the registry lists them."""

from qb_compiler.blocks.columns.model import Column, ColumnKind, DefaultKind, Table
from qb_compiler.blocks.relations.model import Reference
from qb_compiler.model.literal import Json

FIRST = ("id", "organizationId", "createdAt", "createdBy", "modifiedAt", "modifiedBy", "deletedAt")
UNLISTED = {"deletedBy"}
AUDIT = {"createdBy", "modifiedAt", "modifiedBy", "deletedAt"}
STORAGE = {
    ColumnKind.INTEGER: "integer",
    ColumnKind.BOOLEAN: "integer",
    ColumnKind.REAL: "real",
    ColumnKind.BLOB: "blob",
}


def storage(column: Column) -> str:
    """The SQLite type; a timestamp is whatever its builder stores."""
    if column.kind is ColumnKind.TIMESTAMP:
        return "integer" if column.function == "integer" else "text"
    return STORAGE.get(column.kind, "text")


def default_value(column: Column) -> Json:
    """The literal default, None when there is none or only the database can tell it."""
    default = column.default
    if default is None or default.kind is not DefaultKind.LITERAL or isinstance(default.value, tuple):
        return None
    return default.value


def column_meta(column: Column, target: str | None) -> dict[str, Json]:
    default = default_value(column)
    return {
        "name": column.name,
        "dbName": column.sql_name,
        "type": storage(column),
        **({"mode": "boolean"} if column.kind is ColumnKind.BOOLEAN else {}),
        "primaryKey": column.primary_key,
        "notNull": (column.not_null or column.primary_key) and column.name not in AUDIT,
        **({} if default is None else {"defaultValue": default}),
        **({"fkTarget": target} if target else {}),
    }


def columns_meta(table: Table, references: tuple[Reference, ...]) -> list[Json]:
    """System columns first, then the others in the order of the source; `deletedBy` is not listed."""
    targets = {reference.column: reference.target for reference in references}
    system = [column for name in FIRST if (column := table.column(name))]
    others = [column for column in table.columns if column.name not in {*FIRST, *UNLISTED}]
    return [column_meta(column, targets.get(column.name)) for column in (*system, *others)]
