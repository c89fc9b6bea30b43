"""Checks `definePage`, `defineRealtime`, `defineQueue` and `defineEmbedding`; the model has no place for them yet."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from qb_compiler.blocks.code import is_function
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.context import ReadRule
from qb_compiler.blocks.pages.problems import SHAPE, UnknownPageColumn, UnknownPageTable
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import CallValue, Value
from qb_compiler.model.record import record


class MatchOperator(StrEnum):
    ABS_EQUALS = "abs-equals"
    WITHIN_DAYS = "within-days"
    FUZZY_MATCH = "fuzzy-match"


class LayoutType(StrEnum):
    SPLIT_PANEL = "split-panel"


@record
class PageReader:
    """`tables` are all tables of the project, by key."""

    tables: Mapping[str, Table]
    read_rule: ReadRule
    problems: Problems

    @property
    def reader(self) -> Reader:
        return Reader(SHAPE, self.problems)

    def check(self, call: CallValue, function: str) -> None:
        """Checks the argument of one `define…` call."""
        checks: Mapping[str, Callable[[Fields], None]] = {
            "definePage": self._page,
            "defineRealtime": self._namespace,
            "defineQueue": self._queue,
            "defineEmbedding": self._embedding,
        }
        argument = call.arguments[0] if call.arguments else call
        fields = self.reader.fields(argument, function) if function in checks else None
        if fields:
            checks[function](fields)
            fields.finish()

    def _texts(self, fields: Fields, *keys: str) -> None:
        for key in keys:
            fields.string(key)

    def _needed_text(self, fields: Fields, key: str) -> None:
        value = fields.required(key, f'{key}: "…"')
        if value:
            self.reader.string(value, fields.name(key))

    def _namespace(self, fields: Fields) -> None:
        self._needed_text(fields, "name")
        events = fields.required("events", 'events: ["started"]')
        if events:
            self.reader.strings(events, fields.name("events"))
        self._texts(fields, "description")

    def _queue(self, fields: Fields) -> None:
        self._needed_text(fields, "name")
        self._texts(fields, "messageType", "description")
        execute = fields.required("execute", "execute: async ({ message, ack }) => { … }")
        if execute and not is_function(execute):
            self.reader.wrong(execute, fields.name("execute"), "a function")

    def _embedding(self, fields: Fields) -> None:
        self._texts(fields, "name", "model", "separator", "embeddingColumn", "description")
        table = self._table(fields.value("table"), fields.name("table"))
        shown = fields.required("fields", 'fields: ["title"]')
        if shown:
            self._columns(shown, fields.name("fields"), table)
        fields.boolean("onInsert", True)
        fields.value("onUpdate")
        fields.value("metadata")

    def _page(self, fields: Fields) -> None:
        self._needed_text(fields, "slug")
        self._needed_text(fields, "title")
        self._texts(fields, "description", "icon", "feature")
        fields.read("access", self.read_rule)
        self._each(fields, "dataSources", self._source)
        self._each(fields, "pageActions", self._action)
        layout, matching = fields.fields("layout"), fields.fields("matching")
        if layout:
            layout.choice("type", LayoutType.SPLIT_PANEL)
            layout.value("panels")
            layout.finish()
        if matching:
            self._matching(matching)

    def _each(self, fields: Fields, key: str, check: Callable[[Fields], None]) -> None:
        value = fields.value(key)
        for entry in (self.reader.entries(value, fields.name(key)) or ()) if value else ():
            inner = self.reader.fields(entry.value, f"{key}.{entry.key}", entry.key_span)
            if inner:
                check(inner)
                inner.finish()

    def _source(self, fields: Fields) -> None:
        table = self._table(fields.required("table", 'table: "jobs"'), fields.name("table"))
        columns = fields.value("displayColumns")
        if columns:
            self._columns(columns, fields.name("displayColumns"), table)
        sort = fields.fields("defaultSort")
        if sort:
            self._texts(sort, "field", "order")
            sort.finish()

    def _action(self, fields: Fields) -> None:
        self._table(fields.required("table", 'table: "jobs"'), fields.name("table"))
        self._needed_text(fields, "action")
        self._texts(fields, "label", "icon", "confirm")
        for key in ("inputMapping", "input", "sideEffects", "access"):
            fields.value(key)

    def _matching(self, fields: Fields) -> None:
        fields.boolean("enabled", True)
        fields.read("confidenceThreshold", self.reader.number)
        rules = fields.value("rules")
        if rules:
            self.reader.each(rules, fields.name("rules"), self._rule)
        fields.finish()

    def _rule(self, value: Value, owner: str) -> bool | None:
        fields = self.reader.fields(value, owner)
        if fields is None:
            return None
        self._needed_text(fields, "name")
        fields.read("weight", self.reader.number)
        condition = fields.fields("condition")
        if condition:
            self._texts(condition, "left", "right")
            condition.choice("operator", MatchOperator.ABS_EQUALS)
            condition.value("value")
            condition.finish()
        fields.finish()
        return True

    def _table(self, value: Value | None, owner: str) -> Table | None:
        name = self.reader.string(value, owner) if value else None
        if value and name and name not in self.tables:
            self.problems.report(UnknownPageTable(value.span, name, tuple(self.tables)))
        return self.tables.get(name) if name else None

    def _columns(self, value: Value, owner: str, table: Table | None) -> None:
        for item in self.reader.strings(value, owner) or ():
            if table and not table.has(item.text):
                known = tuple(column.name for column in table.columns)
                self.problems.report(UnknownPageColumn(item.span, item.text, known, owner, table.key))
