"""Reads `defineActions(table, { … })`."""

import re
from collections.abc import Callable
from enum import StrEnum

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import (
    Action,
    ActionMethod,
    Handler,
    InputField,
    ResponseType,
    Transition,
    Unsafe,
)
from qb_compiler.blocks.actions.problems import (
    SHAPE,
    BadActionName,
    ExecuteAndHandler,
    GuardRenamed,
    HandlerMissing,
    PathNeedsStandalone,
    TablelessNeedsStandalone,
)
from qb_compiler.blocks.actions.transition import TransitionReader
from qb_compiler.blocks.actions.zod import input_fields
from qb_compiler.blocks.code import as_expression, is_function
from qb_compiler.blocks.context import ReadRule
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields, Reader, plain
from qb_compiler.evaluate.values import BooleanValue, CallValue, CodeValue, Entry, StringValue, Value
from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record
from qb_compiler.span import SourceFile, Span

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
PATH = re.compile(r"[A-Za-z0-9_-]+(/(:?[A-Za-z0-9_-]+))*\Z")
FindHandler = Callable[[StringValue], SourceFile | HandlerMissing]
"""The module that a specifier means, seen from where it is written; or why there is none."""


class SideEffects(StrEnum):
    SYNC = "sync"
    ASYNC = "async"
    FIRE_AND_FORGET = "fire-and-forget"


class TargetScope(StrEnum):
    ORGANIZATION = "organization"
    ALL = "all"


@record
class ActionReader:
    """`route` is the table's path segment, or None for actions without a table."""

    route: str | None
    read_record_rule: ReadRule
    read_rule: ReadRule
    find_handler: FindHandler
    problems: Problems

    @property
    def reader(self) -> Reader:
        return Reader(SHAPE, self.problems)

    def actions(self, value: Value) -> tuple[Action, ...]:
        """Every action of the object."""
        entries = self.reader.entries(value, "defineActions") or ()
        return tuple(action for entry in entries if (action := self._action(entry)))

    def _action(self, entry: Entry) -> Action | None:
        if not NAME.match(entry.key):
            self.problems.report(BadActionName(entry.key_span, entry.key))
        fields = self.reader.fields(entry.value, entry.key, entry.key_span)
        if fields is None:
            return None
        action = self._opened(entry, fields)
        fields.finish()
        return action

    def _opened(self, entry: Entry, fields: Fields) -> Action | None:
        standalone = self._standalone(entry, fields)
        schema = fields.read("input", self._schema)
        inputs = input_fields(schema[1]) if schema else ()
        access, transition = self._with_transition(self._access(fields, standalone), fields, standalone, inputs)
        execute, handler = self._code(entry, fields)
        description = fields.string("description") or ""
        method = fields.choice("method", ActionMethod.POST)
        response_type = fields.choice("responseType", ResponseType.JSON)
        side_effects = fields.read("sideEffects", lambda v, owner: self.reader.choice(v, owner, SideEffects))
        cms = fields.value("cms")
        action = Action(
            entry.key,
            entry.key_span,
            access or Rule(entry.key_span),
            description=description,
            input=schema[0] if schema else None,
            input_fields=inputs,
            execute=execute,
            handler=handler,
            standalone=standalone,
            path=self._path(entry, fields, standalone),
            method=method,
            response_type=response_type,
            side_effects=side_effects.value if side_effects else None,
            returns_record=self._returns_record(fields),
            unsafe=fields.read("unsafe", self._unsafe),
            allow_raw_sql=fields.boolean("allowRawSql", False),
            transition=transition,
            cms=plain(cms) if cms else None,
        )
        return action if access else None

    def _standalone(self, entry: Entry, fields: Fields) -> bool:
        kind = fields.value("type")
        standalone = fields.boolean("standalone", False)
        if isinstance(kind, StringValue) and kind.text in {"record", "standalone"}:
            standalone = standalone or kind.text == "standalone"
        elif kind:
            self.reader.wrong(kind, fields.name("type"), '"record" or "standalone"')
        if self.route is None and not standalone:
            start = fields.object.span.start + 1
            place = Span(fields.object.span.file, start, start)
            self.problems.report(TablelessNeedsStandalone(entry.key_span, entry.key, place))
        return standalone

    def _access(self, fields: Fields, standalone: bool) -> Rule | None:
        old = fields.object.entry("guard")
        if old and not fields.object.entry("access"):
            self.problems.report(GuardRenamed(old.key_span))
            fields.value("access")
            value = fields.value("guard")
        else:
            value = fields.required("access", 'access: { roles: ["owner", "admin"] }')
        if value is None:
            return None
        read = self.read_rule if standalone else self.read_record_rule
        return read(value, fields.name("access"))

    def _with_transition(
        self, access: Rule | None, fields: Fields, standalone: bool, inputs: tuple[InputField, ...]
    ) -> tuple[Rule | None, Transition | None]:
        entry = fields.entry("transition")
        if access is None or entry is None:
            return access, None
        read = self.read_rule if standalone else self.read_record_rule
        return TransitionReader(self.reader, read, inputs).read(access, entry, fields.name("transition"))

    def _schema(self, value: Value, owner: str) -> tuple[Carried, Value] | None:
        if isinstance(value, CallValue):
            return value.source, value
        self.reader.wrong(value, owner, "a zod schema, such as `z.object({ … })`")
        return None

    def _code(self, entry: Entry, fields: Fields) -> tuple[Carried | None, Handler | None]:
        execute, handler = fields.entry("execute"), fields.entry("handler")
        if execute and handler:
            label = Label(execute.key_span, "the other one")
            self.problems.report(ExecuteAndHandler(handler.key_span, entry.key, label))
        if not execute and not handler:
            fields.lacks("execute", "execute: async ({ db, input }) => { … }")
        return (
            self._execute(execute.value, fields.name("execute")) if execute else None,
            self._handler(handler.value, fields.name("handler")) if handler else None,
        )

    def _execute(self, value: Value, owner: str) -> Carried | None:
        if isinstance(value, CodeValue) and is_function(value):
            return as_expression(value)
        self.reader.wrong(value, owner, "a function")
        return None

    def _handler(self, value: Value, owner: str) -> Handler | None:
        specifier = self.reader.string(value, owner)
        if specifier is None:
            return None
        found = self.find_handler(StringValue(specifier, value.span))
        if isinstance(found, HandlerMissing):
            self.problems.report(found)
            return None
        return Handler(specifier, found)

    def _path(self, entry: Entry, fields: Fields, standalone: bool) -> str | None:
        value = fields.value("path")
        text = self.reader.string(value, fields.name("path")) if value else None
        if value is None or text is None:
            return None
        if not standalone:
            self.problems.report(PathNeedsStandalone(value.span, entry.key))
        path = text.strip("/")
        path = path.removeprefix(f"{self.route}/") if self.route else path
        if not PATH.match(path):
            self.problems.report(BadActionName(value.span, text))
        return path

    def _returns_record(self, fields: Fields) -> bool:
        value = fields.value("returns")
        if value is None:
            return False
        if isinstance(value, StringValue) and value.text == "record":
            return True
        self.reader.wrong(value, fields.name("returns"), '"record"')
        return False

    def _unsafe(self, value: Value, owner: str) -> Unsafe | None:
        if isinstance(value, BooleanValue):
            return Unsafe() if value.flag else None
        fields = self.reader.fields(value, owner)
        if fields is None:
            return None
        reason = fields.required("reason", 'reason: "…"')
        unsafe = Unsafe(
            self.reader.string(reason, fields.name("reason")) if reason else None,
            admin_only=fields.boolean("adminOnly", False),
            cross_tenant=fields.boolean("crossTenant", False),
            target_scope=fields.choice("targetScope", TargetScope.ORGANIZATION).value,
        )
        fields.finish()
        return unsafe
