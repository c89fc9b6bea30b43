"""Reads `guards`: four lists, or `false` for tables that mirror another system."""

from collections.abc import Mapping

from qb_compiler.blocks.columns.model import Column, ColumnOrigin
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.firewall.model import Firewall
from qb_compiler.blocks.guards.model import Guards, ProtectedField
from qb_compiler.blocks.guards.problems import SHAPE, GuardClash, SystemColumnWritable, UnknownGuardedColumn
from qb_compiler.config.model import IdMode
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import BooleanValue, Entry, Value
from qb_compiler.model.record import record
from qb_compiler.span import Span

Places = Mapping[str, Span]
"""Column name -> where the guard names it, in the order written."""


@record
class GuardReader:
    context: TableContext
    firewall: Firewall
    place: Span

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def guards(self, entry: Entry | None) -> Guards:
        """Without `guards`, nothing is writable."""
        if entry is None:
            return Guards(self.place)
        if isinstance(entry.value, BooleanValue) and not entry.value.flag:
            return Guards(entry.value.span, open=True)
        fields = self.reader.fields(entry.value, "guards", entry.key_span)
        return self._lists(fields) if fields else Guards(self.place)

    def _lists(self, fields: Fields) -> Guards:
        createable = self._columns(fields, "createable")
        updatable = self._columns(fields, "updatable")
        immutable = self._columns(fields, "immutable")
        protected = self._protected(fields)
        fields.finish()
        places = {field.column: field.span for field in protected}
        self._clash("protected", places, "createable", createable)
        self._clash("protected", places, "updatable", updatable)
        self._clash("immutable", immutable, "updatable", updatable)
        self._clash("protected", places, "immutable", immutable)
        return Guards(fields.span, tuple(createable), tuple(updatable), tuple(immutable), protected)

    def _columns(self, fields: Fields, key: str) -> Places:
        strings = fields.read(key, self.reader.strings) or ()
        places: dict[str, Span] = {}
        for item in strings:
            if self.context.column(item.text, item.span, f"guards.{key}", UnknownGuardedColumn):
                places.setdefault(item.text, item.span)
                self._check_writable(item.text, item.span)
        return places

    def _check_writable(self, name: str, span: Span) -> None:
        column = self.context.table.column(name)
        why = self._managed(column) if column else None
        if why:
            self.context.problems.report(SystemColumnWritable(span, name, why))

    def _managed(self, column: Column) -> str | None:
        """Why the server alone sets the column, or None when a client may."""
        if column.origin is ColumnOrigin.AUDIT:
            return "an audit column"
        if column.name in self.firewall.scope_columns:
            return "a scope of the firewall"
        if column.generated:
            return "computed by the database"
        if column.primary_key and self.context.config.database.generate_id is not IdMode.CLIENT:
            return "the generated id"
        return None

    def _protected(self, fields: Fields) -> tuple[ProtectedField, ...]:
        value = fields.value("protected")
        entries = self.reader.entries(value, "guards.protected") if value else ()
        read = (self._protected_field(entry) for entry in entries or ())
        return tuple(field for field in read if field)

    def _protected_field(self, entry: Entry) -> ProtectedField | None:
        owner = f"guards.protected.{entry.key}"
        actions = self._actions(entry.value, owner)
        if not self.context.column(entry.key, entry.key_span, "guards.protected", UnknownGuardedColumn):
            return None
        if actions is not None and not actions:
            missing = SHAPE.missing(entry.value.span, owner, "the name of an action", '["…"]')
            self.context.problems.report(missing)
        places = actions or {}
        return ProtectedField(entry.key, tuple(places), entry.key_span, tuple(places.values()))

    def _actions(self, value: Value, owner: str) -> Places | None:
        strings = self.reader.strings(value, owner)
        return None if strings is None else {item.text: item.span for item in strings}

    def _clash(self, here: str, places: Places, other: str, others: Places) -> None:
        for name in places:
            if name in others:
                label = Label(others[name], f"{other} here")
                self.context.problems.report(GuardClash(places[name], name, here, other, label))
