"""Rules between guards and the operations that they guard."""

from collections.abc import Iterator

from qb_compiler.blocks.columns.model import Column, ColumnOrigin
from qb_compiler.blocks.guards.problems import NothingWritable, RequiredColumnNotCreateable
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    """Operations that could never succeed because of the guards."""
    guards, writing = resource.guards, resource.writing
    if guards.open:
        return
    sendable = (*guards.createable, *guards.immutable)
    if writing.create and not sendable:
        yield NothingWritable(writing.create.span, "create", "createable")
    if writing.update and not guards.updatable:
        yield NothingWritable(writing.update.span, "update", "updatable")
    if writing.create and sendable:
        for column in _required(resource):
            if column.name not in sendable:
                label = Label(column.span, "required here")
                yield RequiredColumnNotCreateable(guards.span, column.name, label)


def _required(resource: Resource) -> Iterator[Column]:
    """Columns that need a value which nothing but the client can give."""
    for column in resource.table.columns:
        given = column.primary_key or column.default or column.autoincrement or column.generated
        managed = column.origin is not ColumnOrigin.DECLARED or column.name in resource.firewall.scope_columns
        if column.not_null and not given and not managed:
            yield column
