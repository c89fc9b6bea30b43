"""The tables of Better Auth as our model: schema and migrations are made from them like from any other table."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TypedDict

from qb_compiler.blocks.columns.model import Column, ColumnKind, Default, DefaultKind, Dialect, ForeignKey, Index, Table
from qb_compiler.config.model import Config
from qb_compiler.model.names import sql_name
from qb_compiler.model.record import record
from qb_compiler.targets.auth.plugins import table_sets

ROLE = "role"


class References(TypedDict):
    model: str
    onDelete: str


class Field(TypedDict, total=False):
    """A field as Better Auth describes it; `default` is a literal, or "now"."""

    type: str
    required: bool
    unique: bool
    index: bool
    bigint: bool
    references: References
    default: str | int | bool


class TableIndex(TypedDict):
    fields: list[str]
    unique: bool


class AuthTable(TypedDict):
    fields: dict[str, Field]
    indexes: list[TableIndex]


class AuthTables(TypedDict):
    version: str
    base: dict[str, AuthTable]
    plugins: dict[str, dict[str, AuthTable]]


@record
class _Type:
    function: str
    kind: ColumnKind
    mode: str | None = None


_TYPES: Mapping[str, _Type] = {
    "string": _Type("text", ColumnKind.TEXT),
    "boolean": _Type("integer", ColumnKind.BOOLEAN, "boolean"),
    "number": _Type("integer", ColumnKind.INTEGER),
    "date": _Type("integer", ColumnKind.TIMESTAMP, "timestamp_ms"),
}


@cache
def known_tables() -> AuthTables:
    """What the pinned Better Auth needs."""
    text = files("qb_compiler").joinpath("targets/auth/tables.json").read_text(encoding="utf-8")
    loaded: AuthTables = json.loads(text)
    return loaded


def merged_tables(sets: tuple[str, ...]) -> dict[str, AuthTable]:
    """The base tables with what each set of plugin tables adds."""
    known = known_tables()
    found: dict[str, AuthTable] = {name: _copy(table) for name, table in known["base"].items()}
    for name in sets:
        for table, added in known["plugins"][name].items():
            into = found.setdefault(table, {"fields": {}, "indexes": []})
            into["fields"].update(added["fields"])
            into["indexes"].extend(added["indexes"])
    return found


def _copy(table: AuthTable) -> AuthTable:
    return {"fields": dict(table["fields"]), "indexes": list(table["indexes"])}


def auth_tables(config: Config) -> tuple[Table, ...]:
    """Every table of the auth database."""
    found = merged_tables(table_sets(config))
    if "admin" not in config.auth.plugins:
        found["user"]["fields"][ROLE] = {"type": "string", "required": False, "default": "user"}
    if config.organizations:
        found["member"]["indexes"].append({"fields": ["organizationId", "userId"], "unique": True})
    return tuple(_table(config, name, table) for name, table in found.items())


def _table(config: Config, name: str, table: AuthTable) -> Table:
    stored = sql_name(name, config.database.naming_convention) + ("s" if config.database.use_plurals else "")
    identity = Column("id", "id", "text", ColumnKind.TEXT, config.span, primary_key=True, not_null=True)
    columns = tuple(_column(config, field, table["fields"][field]) for field in table["fields"])
    made = Table(name, stored, Dialect.SQLITE, (identity, *columns), config.file, config.span)
    single = tuple(
        _index(config, made, (field,), False)
        for field, of in table["fields"].items()
        if of.get("index") and not of.get("unique")
    )
    several = tuple(_index(config, made, tuple(index["fields"]), index["unique"]) for index in table["indexes"])
    return replace(made, indexes=(*single, *several))


def _column(config: Config, name: str, field: Field) -> Column:
    type_ = _TYPES[field["type"]]
    references = field.get("references")
    return Column(
        name=name,
        sql_name=sql_name(name, config.database.naming_convention),
        function=type_.function,
        kind=type_.kind,
        span=config.span,
        mode=type_.mode,
        not_null=field["required"],
        unique=field.get("unique", False),
        default=_default(field),
        foreign_key=ForeignKey(references["model"], "id", references["onDelete"], None, config.span)
        if references
        else None,
    )


def _default(field: Field) -> Default | None:
    value = field.get("default")
    if value is None or (value == "now" and field["type"] != "date"):
        return None
    return Default(DefaultKind.NOW) if value == "now" else Default(DefaultKind.LITERAL, value)


def _index(config: Config, table: Table, fields: tuple[str, ...], unique: bool) -> Index:
    columns = [column.sql_name for name in fields if (column := table.column(name))]
    return Index("_".join((table.sql_name, *columns, "uidx" if unique else "idx")), fields, unique, config.span)
