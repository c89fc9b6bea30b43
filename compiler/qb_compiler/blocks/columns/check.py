"""Rules between the columns of a table with routes and its boundary."""

from collections.abc import Iterator

from qb_compiler.blocks.columns.problems import PrimaryKeyMissing, TenantSpanningUnique
from qb_compiler.blocks.columns.unique_edits import scoped_column, scoped_index
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    table = resource.table
    keys = [column for column in table.columns if column.primary_key]
    if len(keys) != 1 or table.primary_key:
        named = table.column("id")
        edit = named.span if named and not keys and not table.primary_key else None
        yield PrimaryKeyMissing(table.span, table.key, edit)
    yield from _spanning(resource)


def _spanning(resource: Resource) -> Iterator[TenantSpanningUnique]:
    """Unique values that one tenant's rows share with another's."""
    organization = resource.firewall.organization
    if organization is None:
        return
    table, scope = resource.table, organization.column
    for column in table.columns:
        if column.unique and column.name != scope:
            edits = scoped_column(table, column, scope)
            yield TenantSpanningUnique(column.span, table.key, (column.name,), scope, table.is_feature, edits)
    for index in table.indexes:
        own_key = any(column.primary_key for column in table.columns if column.name in index.columns)
        if index.unique and scope not in index.columns and index.columns and not own_key:
            edits = scoped_index(table, index, scope)
            yield TenantSpanningUnique(index.span, table.key, index.columns, scope, table.is_feature, edits)
