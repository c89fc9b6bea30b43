"""Reads the operations of `crud` that write, and derives their batches."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.crud.model import BatchOperation, DeleteMode, DeleteOperation, WriteOperation, Writing
from qb_compiler.blocks.crud.problems import SHAPE, BatchWithoutBase, PutPreconditions, RecordOnCreate
from qb_compiler.blocks.guards.model import Guards
from qb_compiler.config.model import IdMode
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.functions import is_function, parameter_count
from qb_compiler.evaluate.values import ArrayValue, BooleanValue, CodeValue, Entry, ObjectValue, StringValue, Value
from qb_compiler.model.record import record

ACCESS = 'access: { roles: ["owner", "admin"] }'
BATCHES = {"batchCreate": "create", "batchUpdate": "update", "batchDelete": "delete", "batchUpsert": "put"}
LARGEST_BATCH = 1000
Base = WriteOperation | DeleteOperation


def declared_mode(crud: Value | None) -> DeleteMode:
    """The delete mode, looked up before the table's columns are complete: it decides about `deletedAt`."""
    delete = crud.get("delete") if isinstance(crud, ObjectValue) else None
    mode = delete.get("mode") if isinstance(delete, ObjectValue) else None
    is_hard = isinstance(mode, StringValue) and mode.text == DeleteMode.HARD.value
    return DeleteMode.HARD if is_hard else DeleteMode.SOFT


def functions_in(rule: Value) -> Iterator[CodeValue]:
    """The rules in code of an access rule, wherever they stand in it."""
    match rule:
        case CodeValue() if is_function(rule):
            yield rule
        case ObjectValue(entries):
            yield from (code for entry in entries for code in functions_in(entry.value))
        case ArrayValue(items):
            yield from (code for item in items for code in functions_in(item))


@record
class CrudReader:
    context: TableContext
    guards: Guards

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def writing(self, fields: Fields) -> Writing:
        """The write operations among the keys of `crud`."""
        create = self._write(fields.entry("create"), "create", has_record=False)
        update = self._write(fields.entry("update"), "update")
        delete = self._delete(fields.entry("delete"))
        put = self._put(fields.entry("put"))
        return Writing(
            create=create,
            update=update,
            delete=delete,
            put=put,
            batch_create=self._batch(fields.entry("batchCreate"), "batchCreate", create),
            batch_update=self._batch(fields.entry("batchUpdate"), "batchUpdate", update),
            batch_delete=self._batch(fields.entry("batchDelete"), "batchDelete", delete),
            batch_upsert=self._batch(fields.entry("batchUpsert"), "batchUpsert", put),
        )

    def _write(self, entry: Entry | None, name: str, has_record: bool = True) -> WriteOperation | None:
        fields = self._opened(entry, name)
        if entry is None or fields is None:
            return None
        access = self._access(fields, has_record)
        fields.finish()
        return WriteOperation(access, entry.key_span) if access else None

    def _opened(self, entry: Entry | None, name: str) -> Fields | None:
        return self.reader.fields(entry.value, f"crud.{name}", entry.key_span) if entry else None

    def _access(self, fields: Fields, has_record: bool) -> Rule | None:
        return self._rule(fields.required("access", ACCESS), fields, has_record)

    def _rule(self, value: Value | None, fields: Fields, has_record: bool) -> Rule | None:
        rule = self.context.read_rule(value, fields.name("access")) if value else None
        if value and rule and not has_record:
            conditions = (branch.record[0].span for branch in rule.walk() if branch.record)
            for span in (*conditions, *(code.span for code in functions_in(value) if parameter_count(code) > 1)):
                self.context.problems.report(RecordOnCreate(span, fields.owner))
        return rule

    def _delete(self, entry: Entry | None) -> DeleteOperation | None:
        fields = self._opened(entry, "delete")
        if entry is None or fields is None:
            return None
        access = self._access(fields, has_record=True)
        mode = fields.choice("mode", DeleteMode.SOFT)
        fields.finish()
        return DeleteOperation(access, entry.key_span, mode) if access else None

    def _put(self, entry: Entry | None) -> WriteOperation | None:
        put = self._write(entry, "put")
        missing = [] if self.guards.open else ["guards: false"]
        if self.context.config.database.generate_id is not IdMode.CLIENT:
            missing.append("generateId: false")
        if entry and missing:
            self.context.problems.report(PutPreconditions(entry.key_span, tuple(missing)))
        return put

    def _batch(self, entry: Entry | None, name: str, base: Base | None) -> BatchOperation | None:
        """Derived from the base operation unless it is declared, or `false`."""
        if entry is None:
            return BatchOperation(base.access, base.span) if base else None
        if isinstance(entry.value, BooleanValue) and not entry.value.flag:
            return None
        if isinstance(entry.value, BooleanValue):
            if base is None:
                self._report_baseless(entry, name)
            return BatchOperation(base.access, entry.key_span) if base else None
        fields = self.reader.fields(entry.value, f"crud.{name}", entry.key_span)
        return self._declared_batch(fields, entry, name, base) if fields else None

    def _report_baseless(self, entry: Entry, name: str) -> None:
        self.context.problems.report(BatchWithoutBase(entry.key_span, name, BATCHES[name]))

    def _declared_batch(self, fields: Fields, entry: Entry, name: str, base: Base | None) -> BatchOperation | None:
        rule = self._rule(fields.value("access"), fields, name != "batchCreate")
        size = fields.whole("maxBatchSize", 100, 1, LARGEST_BATCH)
        allow_atomic = fields.boolean("allowAtomic", True)
        fields.finish()
        access = rule or (base.access if base else None)
        if base is None or access is None:
            self._report_baseless(entry, name)
            return None
        return BatchOperation(access, entry.key_span, size, allow_atomic)
