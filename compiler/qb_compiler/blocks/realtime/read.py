"""Reads `realtime` and `embeddings` of a table; nothing is generated for them yet."""

from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.realtime.model import Realtime
from qb_compiler.blocks.realtime.problems import SHAPE, NotGeneratedYet, UnknownRealtimeColumn
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import ArrayValue, Entry, Value
from qb_compiler.model.record import record


@record
class RealtimeReader:
    context: TableContext

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def realtime(self, entry: Entry | None) -> Realtime | None:
        """None when it is left out or not enabled."""
        fields = self.reader.fields(entry.value, "realtime", entry.key_span) if entry else None
        if entry is None or fields is None:
            return None
        enabled = fields.boolean("enabled", True)
        realtime = self._opened(fields, entry)
        fields.finish()
        if enabled:
            self.context.problems.report(NotGeneratedYet(entry.key_span, "realtime"))
        return realtime if enabled else None

    def _opened(self, fields: Fields, entry: Entry) -> Realtime:
        roles = fields.read("requiredRoles", self.context.read_roles)
        return Realtime(
            entry.key_span,
            on_insert=fields.boolean("onInsert", True),
            on_update=fields.boolean("onUpdate", True),
            on_delete=fields.boolean("onDelete", True),
            required_roles=roles.names if roles else (),
            fields=fields.read("fields", self._columns),
            mentions=roles.mentions if roles else (),
        )

    def _columns(self, value: Value, owner: str) -> tuple[str, ...] | None:
        return self.context.columns(self.reader, value, owner, UnknownRealtimeColumn)

    def check_embeddings(self, entry: Entry | None) -> None:
        """Checks `embeddings`, for which the model has no place yet."""
        fields = self.reader.fields(entry.value, "embeddings", entry.key_span) if entry else None
        if entry is None or fields is None:
            return
        shown = fields.required("fields", 'fields: ["…"]')
        if shown:
            self._columns(shown, "embeddings.fields")
        fields.string("model")
        fields.string("separator")
        fields.string("embeddingColumn")
        fields.boolean("onInsert", True)
        updates = fields.value("onUpdate")
        if isinstance(updates, ArrayValue):
            self._columns(updates, "embeddings.onUpdate")
        elif updates:
            self.reader.boolean(updates, "embeddings.onUpdate")
        fields.read("metadata", self._columns)
        fields.finish()
        self.context.problems.report(NotGeneratedYet(entry.key_span, "embeddings"))
