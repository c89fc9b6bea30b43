"""One `defineTable`: a table with its security boundary, and the tables beside it that have none."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.columns.model import Column, Table
from qb_compiler.blocks.crud.model import Writing
from qb_compiler.blocks.display.model import Display
from qb_compiler.blocks.firewall.model import Firewall, Scope
from qb_compiler.blocks.guards.model import Guards
from qb_compiler.blocks.masking.model import Masking
from qb_compiler.blocks.reading.model import Reading
from qb_compiler.blocks.realtime.model import Realtime
from qb_compiler.blocks.relations.model import Reference
from qb_compiler.blocks.validation.model import FieldRules
from qb_compiler.model.record import record
from qb_compiler.span import SourceFile, Span


@record
class Resource:
    """`key` is the exported table variable, `route` the kebab-case segment under `/api/v1`."""

    key: str
    feature: str
    route: str
    file: SourceFile
    span: Span
    table: Table
    firewall: Firewall
    guards: Guards
    masking: Masking
    reading: Reading
    writing: Writing
    validation: tuple[FieldRules, ...] = ()
    display: Display = Display()
    references: tuple[Reference, ...] = ()
    actions: tuple[Action, ...] = ()
    realtime: Realtime | None = None

    @property
    def id_column(self) -> Column:
        """The single primary key; a resource always has one (a check guarantees it)."""
        return next(column for column in self.table.columns if column.primary_key)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every access rule of the resource, in the order an author writes them."""
        reading, writing = self.reading, self.writing
        operations = (
            reading.list, reading.get, *reading.views,
            writing.create, writing.update, writing.delete, writing.put,
            writing.batch_create, writing.batch_update, writing.batch_delete, writing.batch_upsert,
            *self.actions,
        )  # fmt: skip
        return tuple(operation.access for operation in operations if operation)


@record
class InternalTable:
    """A table without `defineTable`: in the schema and the scoped database, never a route.

    `scopes` follow from the columns that it has. Without one, only unsafe actions reach it.
    """

    key: str
    feature: str
    table: Table
    references: tuple[Reference, ...] = ()
    scopes: tuple[Scope, ...] = ()
