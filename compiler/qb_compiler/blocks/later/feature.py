"""Turns `feature(name, { columns, unique, … })` into the table and the options that `defineTable` would be given."""

from qb_compiler.blocks.later.columns import DRIZZLE, LoweredColumn, lower_column
from qb_compiler.blocks.later.derived import with_derived
from qb_compiler.blocks.later.problems import SHAPE
from qb_compiler.config.model import NamingConvention
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Reader
from qb_compiler.evaluate.values import (
    PARAMETER,
    ArrayValue,
    CallValue,
    Entry,
    ExternalValue,
    MemberValue,
    ObjectValue,
    StringValue,
    Value,
)
from qb_compiler.model.names import sql_name
from qb_compiler.model.record import record
from qb_compiler.source.specifiers import COMPILER_PACKAGE
from qb_compiler.span import Span


@record
class Lowered:
    """The call of `sqliteTable`, and that of `defineTable`."""

    table: CallValue
    definition: CallValue


def lower(call: CallValue, convention: NamingConvention, problems: Problems) -> Lowered | None:
    """Both calls; None after reporting why there are none."""
    name, options = (*call.arguments, None, None)[:2]
    reader = Reader(SHAPE, problems)
    if not isinstance(name, StringValue) or not isinstance(options, ObjectValue):
        reader.wrong(call, "feature", 'given a name and an object: `feature("jobs", { columns: { … } })`')
        return None
    columns = options.entry("columns")
    if columns is None:
        problems.report(SHAPE.missing(call.span, "feature", "columns", "columns: { id: q.id() }"))
        return None
    entries = reader.entries(columns.value, "feature.columns") or ()
    found = tuple(c for entry in entries if (c := lower_column(entry, sql_name(entry.key, convention), reader)))
    table = Table(call, name, columns, found, _unique(options, reader)).lowered()
    defined = ExternalValue(COMPILER_PACKAGE, "defineTable", call.callee.span)
    return Lowered(table, CallValue(defined, (table, with_derived(options, found)), call.span, call.origin))


@record
class Table:
    """What `sqliteTable` is to be called with."""

    call: CallValue
    name: StringValue
    columns: Entry
    lowered_columns: tuple[LoweredColumn, ...]
    unique: tuple[tuple[StringValue, ...], ...]

    def lowered(self) -> CallValue:
        entries = tuple(Entry(column.name, column.span, column.value) for column in self.lowered_columns)
        indexed = (column for column in self.lowered_columns if column.indexed)
        indexes = (
            *(self._index("index", (StringValue(column.name, column.span),)) for column in indexed),
            *(self._index("uniqueIndex", columns) for columns in self.unique),
        )
        arguments = (self.name, ObjectValue(entries, self._start(0)), ArrayValue(indexes, self.call.span))
        return self._call("sqliteTable", arguments, self.call.span)

    def _start(self, length: int) -> Span:
        """A place for what the author did not write as Drizzle: nothing is typed in there."""
        start = self.call.span.start
        return Span(self.call.span.file, start, start + length)

    def _index(self, function: str, columns: tuple[StringValue, ...]) -> CallValue:
        """`index().on(table.column, …)`, at the first of its columns."""
        at = columns[0].span
        names = tuple(MemberValue(ExternalValue(PARAMETER, "table", at), c.text, c.span) for c in columns)
        return CallValue(MemberValue(self._call(function, (), self._start(1)), "on", at), names, at, self.call.origin)

    def _call(self, function: str, arguments: tuple[Value, ...], span: Span) -> CallValue:
        return CallValue(ExternalValue(DRIZZLE, function, span), arguments, span, self.call.origin)


def _unique(options: ObjectValue, reader: Reader) -> tuple[tuple[StringValue, ...], ...]:
    """The columns of each entry of `unique`: a name, or an array of names."""
    value = options.get("unique")
    items = reader.items(value, "feature.unique") or () if value else ()
    found = ((item,) if isinstance(item, StringValue) else reader.strings(item, "feature.unique[]") for item in items)
    return tuple(columns for columns in found if columns)
