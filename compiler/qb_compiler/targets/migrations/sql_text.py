"""SQL from carried source: `sql` templates that name columns, as Drizzle would print them into a table definition."""

import re
from collections.abc import Mapping

from qb_compiler.blocks.columns.model import Table
from qb_compiler.model.record import record

_TEMPLATE = re.compile(r"\A(?:sql)(?:<[^`]*>)?`(?P<body>(?:\\.|[^`\\])*)`(?:\.mapWith\([\w.]+\))?\Z", re.DOTALL)
_PIECE = re.compile(r"\$\{(?P<inner>(?:[^{}`]|`(?:\\.|[^`\\])*`)*)\}|(?P<escape>\\.)|(?P<text>[^$\\]+|\$)", re.DOTALL)
_COLUMN = re.compile(r"\A(?P<table>[A-Za-z_$][\w$]*)\.(?P<column>[A-Za-z_$][\w$]*)\Z")
_RAW = re.compile(r"""\Asql\.raw\(\s*(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)\s*\)\Z""", re.DOTALL)
_NULLNESS = re.compile(r"\A(?P<function>isNull|isNotNull)\((?P<inner>[^()]+)\)\Z")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class NotSql(ValueError):
    """The source is none that a migration can hold."""


@record
class SqlContext:
    """The table that the text belongs to, all tables by key, and whether columns are named with their table."""

    table: Table
    tables: Mapping[str, Table]
    qualified: bool = True


def sql_text(source: str, context: SqlContext) -> str:
    """The SQL that `source` stands for, or NotSql."""
    text = source.strip()
    if (template := _TEMPLATE.match(text)) is not None:
        return "".join(_piece(piece, context) for piece in _PIECE.finditer(template["body"]))
    if (raw := _RAW.match(text)) is not None:
        return _cooked(raw["text"])
    if (nullness := _NULLNESS.match(text)) is not None:
        words = "is null" if nullness["function"] == "isNull" else "is not null"
        return f"{_named(nullness['inner'].strip(), context)} {words}"
    raise NotSql(text)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _piece(piece: re.Match[str], context: SqlContext) -> str:
    if piece["inner"] is None:
        return _cooked(piece["escape"] or piece["text"])
    inner = piece["inner"].strip()
    return sql_text(inner, context) if inner.startswith("sql") else _named(inner, context)


def _named(expression: str, context: SqlContext) -> str:
    """A table, or a column of one."""
    own = {context.table.parameter: context.table, context.table.key: context.table}
    tables = {**context.tables, **own}
    if expression in tables:
        return quoted(tables[expression].sql_name)
    found = _COLUMN.match(expression)
    table = tables.get(found["table"]) if found else None
    column = table.column(found["column"]) if table and found else None
    if table is None or column is None:
        raise NotSql(expression)
    name = quoted(column.sql_name)
    return f"{quoted(table.sql_name)}.{name}" if context.qualified else name


def _cooked(text: str) -> str:
    """A template's text as JavaScript reads it."""
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text, flags=re.DOTALL)
