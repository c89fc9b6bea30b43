"""Reads `references`, and joins them with Drizzle's foreign keys and the naming convention."""

from collections.abc import Iterator, Mapping

from qb_compiler.blocks.columns.model import Column, Table
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.relations.model import Reference, ReferenceOrigin
from qb_compiler.blocks.relations.problems import SHAPE, DanglingReference, UnknownReferencingColumn
from qb_compiler.evaluate.values import Entry
from qb_compiler.model.record import record

NEVER_LABELLED = frozenset({"organizationId", "createdBy", "modifiedBy", "deletedBy"})
NO_REFERENCES: Mapping[str, Reference] = {}


def read_references(entry: Entry | None, context: TableContext, tables: Mapping[str, Table]) -> Mapping[str, Reference]:
    """The `references` map: column -> reference to a table by its exported name."""
    reader = context.reader(SHAPE)
    entries = reader.entries(entry.value, "references") if entry else ()
    found: dict[str, Reference] = {}
    for item in entries or ():
        column = context.column(item.key, item.key_span, "references", UnknownReferencingColumn)
        name = reader.string(item.value, f"references.{item.key}")
        if name and name not in tables:
            context.problems.report(DanglingReference(item.value.span, name, tuple(tables)))
        elif name and column:
            target = primary_key(tables[name])
            found[column] = Reference(column, name, target, ReferenceOrigin.MAP, item.value.span)
    return found


def primary_key(table: Table) -> str:
    return next((column.name for column in table.columns if column.primary_key), "id")


@record
class Linker:
    """Everything that can be a target: all tables, those of the same feature, and those that can lend a label."""

    tables: Mapping[str, Table]
    neighbours: frozenset[str]
    labels: frozenset[str]

    def references(self, table: Table, written: Mapping[str, Reference]) -> tuple[Reference, ...]:
        """One reference per column: the map first, then Drizzle, then the convention."""
        return tuple(self._linked(table, written))

    def _linked(self, table: Table, written: Mapping[str, Reference]) -> Iterator[Reference]:
        for column in table.columns:
            reference = written.get(column.name) or self._drizzle(column) or self._convention(column)
            if reference:
                yield self._labelled(reference)

    def _labelled(self, reference: Reference) -> Reference:
        by_name = reference.column.endswith("Id") and reference.column not in NEVER_LABELLED
        labelled = by_name and reference.target in self.neighbours and reference.target in self.labels
        origin, span = reference.origin, reference.span
        return Reference(reference.column, reference.target, reference.target_column, origin, span, labelled)

    def _drizzle(self, column: Column) -> Reference | None:
        key = column.foreign_key
        if key is None or key.table not in self.tables:
            return None
        return Reference(column.name, key.table, key.column, ReferenceOrigin.DRIZZLE, key.span)

    def _convention(self, column: Column) -> Reference | None:
        """`departmentId` points at `department`, if the feature has such a table."""
        name = column.name.removesuffix("Id")
        if name == column.name or name not in self.neighbours or column.name in NEVER_LABELLED:
            return None
        target = primary_key(self.tables[name])
        return Reference(column.name, name, target, ReferenceOrigin.CONVENTION, column.span)
