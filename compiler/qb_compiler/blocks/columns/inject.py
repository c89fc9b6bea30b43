"""Adds the columns that the compiler manages: audit columns, and the organization column of internal tables."""

from collections.abc import Iterator
from dataclasses import replace

from qb_compiler.blocks.columns.model import Column, ColumnKind, ColumnOrigin, Default, DefaultKind, Table
from qb_compiler.blocks.columns.problems import AuditColumnMisfit, DuplicateColumn
from qb_compiler.config.model import NamingConvention
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.names import sql_name
from qb_compiler.model.record import record

ORGANIZATION = "organizationId"


@record
class AuditColumn:
    name: str
    kind: ColumnKind
    required: bool = False
    deletion: bool = False


AUDIT = (
    AuditColumn("createdAt", ColumnKind.TIMESTAMP, required=True),
    AuditColumn("modifiedAt", ColumnKind.TIMESTAMP, required=True),
    AuditColumn("deletedAt", ColumnKind.TIMESTAMP, deletion=True),
    AuditColumn("createdBy", ColumnKind.TEXT),
    AuditColumn("modifiedBy", ColumnKind.TEXT),
    AuditColumn("deletedBy", ColumnKind.TEXT, deletion=True),
)
AUDIT_NAMES = frozenset(column.name for column in AUDIT)


def with_audit_columns(
    table: Table, convention: NamingConvention, soft_delete: str | None, problems: Problems
) -> Table:
    """The table with its audit columns; `soft_delete` is the column that marks deleted rows, if there is one."""
    declared = tuple(_adopted(column, problems) for column in table.columns)
    added = tuple(_missing(table, convention, soft_delete))
    _check_taken(table, added, problems)
    return replace(table, columns=(*declared, *added))


def _check_taken(table: Table, added: tuple[Column, ...], problems: Problems) -> None:
    """Reports a declared column that has the SQL name of one that is added."""
    names = {column.sql_name: column.name for column in added}
    for column in table.columns:
        if column.sql_name in names:
            label = Label(table.span, f"the compiler adds `{names[column.sql_name]}` here")
            problems.report(DuplicateColumn(column.span, column.sql_name, label))


def _missing(table: Table, convention: NamingConvention, soft_delete: str | None) -> Iterator[Column]:
    for audit in AUDIT:
        skipped = audit.deletion and soft_delete is None
        renamed = audit.name == "deletedAt" and soft_delete not in {None, "deletedAt"}
        if not skipped and not renamed and not table.has(audit.name):
            yield _audit_column(table, audit, convention)


def _audit_column(table: Table, audit: AuditColumn, convention: NamingConvention) -> Column:
    return Column(
        name=audit.name,
        sql_name=sql_name(audit.name, convention),
        function="text",
        kind=audit.kind,
        span=table.span,
        not_null=audit.required,
        default=Default(DefaultKind.NOW) if audit.required else None,
        origin=ColumnOrigin.AUDIT,
    )


def _adopted(column: Column, problems: Problems) -> Column:
    """A declared audit column becomes a managed one when its type can hold what the generated code writes."""
    if column.name not in AUDIT_NAMES:
        return column
    if column.function not in {"text", "varchar"} or column.mode == "json":
        problems.report(AuditColumnMisfit(column.span, column.name))
    kind = next(audit.kind for audit in AUDIT if audit.name == column.name)
    return replace(column, kind=kind, origin=ColumnOrigin.AUDIT)


def with_organization(table: Table, convention: NamingConvention) -> Table:
    """The table with a required organization column at its end."""
    column = Column(
        name=ORGANIZATION,
        sql_name=sql_name(ORGANIZATION, convention),
        function="text",
        kind=ColumnKind.TEXT,
        span=table.span,
        not_null=True,
        origin=ColumnOrigin.SCOPE,
    )
    return replace(table, columns=(*table.columns, column))
