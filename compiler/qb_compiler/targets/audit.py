"""The table of the audit database."""

from qb_compiler.blocks.columns.model import Column, ColumnKind, Default, DefaultKind, Dialect, Table
from qb_compiler.config.model import Config
from qb_compiler.model.names import sql_name

KEY = "auditEvents"
_REQUIRED = ("requestId", "actionName", "operation", "result")
_OPTIONAL = (
    "actorUserId", "actorUserRole", "actorOrgId", "resource", "targetScope", "targetOrgId", "targetRecordId",
    "unsafeReason", "errorCode", "errorMessage", "metadata",
)  # fmt: skip


def audit_table(config: Config) -> Table:
    """`audit_events`: one row for each audited call, written before it runs and completed after."""
    columns = [
        _column(config, "id", required=True, key=True),
        *(_column(config, name, required=True) for name in _REQUIRED),
        *(_column(config, name) for name in _OPTIONAL),
        _number(config, "rowCount"),
        _time(config),
    ]
    return Table(
        KEY, sql_name(KEY, config.database.naming_convention), Dialect.SQLITE, tuple(columns), config.file, config.span
    )


def _column(config: Config, name: str, required: bool = False, key: bool = False) -> Column:
    stored = sql_name(name, config.database.naming_convention)
    return Column(name, stored, "text", ColumnKind.TEXT, config.span, not_null=required, primary_key=key)


def _number(config: Config, name: str) -> Column:
    stored = sql_name(name, config.database.naming_convention)
    return Column(name, stored, "integer", ColumnKind.INTEGER, config.span)


def _time(config: Config) -> Column:
    stored = sql_name("createdAt", config.database.naming_convention)
    default = Default(DefaultKind.NOW)
    return Column("createdAt", stored, "text", ColumnKind.TIMESTAMP, config.span, not_null=True, default=default)
