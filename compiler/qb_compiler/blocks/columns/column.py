"""Reads one column: its builder, options and chained modifiers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from qb_compiler.blocks.chain import Chain, Link, called_at, function_of, unchain
from qb_compiler.blocks.columns.builders import BUILDERS, DIALECTS, ENUM_FUNCTIONS, Builder
from qb_compiler.blocks.columns.model import (
    Column,
    ColumnKind,
    Default,
    DefaultKind,
    Dialect,
    ForeignKey,
)
from qb_compiler.blocks.columns.problems import SHAPE, UnknownBuilder, UnknownModifier, UnreadableReference
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Reader, as_scalar, cause, plain
from qb_compiler.evaluate.values import (
    ArrayValue,
    CallValue,
    CodeValue,
    Entry,
    MemberValue,
    NumberValue,
    ObjectValue,
    StringValue,
    Value,
)
from qb_compiler.model.record import record
from qb_compiler.span import Place, Span

Apply = Callable[[CodeValue, tuple[Value, ...]], Value | None]
"""Evaluates what a function of the author's returns for these arguments, or None."""

CUSTOM_DATA = re.compile(r"\bdata\s*:\s*([\w$]+|\{)")
CUSTOM_KINDS = {"string": ColumnKind.TEXT, "number": ColumnKind.REAL, "boolean": ColumnKind.BOOLEAN}
KEPT = frozenset(
    {"$type", "$onUpdate", "$onUpdateFn", "generatedAlwaysAs", "generatedByDefaultAsIdentity", "onUpdateNow", "array"}
)
READ = (
    "notNull",
    "primaryKey",
    "unique",
    "default",
    "defaultNow",
    "defaultRandom",
    "$defaultFn",
    "$default",
    "references",
)
IDENTITY = frozenset({"generatedAlwaysAsIdentity", "generatedByDefaultAsIdentity", "autoincrement"})


@record
class ColumnReader:
    """`tables` maps the place of every table declaration to its exported name."""

    tables: Mapping[Place, str]
    apply: Apply
    problems: Problems

    @property
    def reader(self) -> Reader:
        return Reader(SHAPE, self.problems)

    def column(self, entry: Entry, dialect: Dialect, table: str) -> Column:
        """The column that one property declares. One that was reported stays known, as text, to what names it."""
        chain = unchain(entry.value)
        if chain is None:
            self.reader.wrong(entry.value, f"{table}.{entry.key}", "a column, such as `text()`")
            return _unread(entry)
        column = self._head(entry, chain, dialect) or _unread(entry)
        for link in chain.links:
            column = self._modified(column, link)
        return column

    def _head(self, entry: Entry, chain: Chain, dialect: Dialect) -> Column | None:
        head = chain.head
        arguments = head.arguments
        name = arguments[0].text if arguments and isinstance(arguments[0], StringValue) else entry.key
        base = Column(name=entry.key, sql_name=name, function="", kind=ColumnKind.TEXT, span=entry.value.span)
        if isinstance(head.callee, CallValue):
            return self._declared_builder(base, head, head.callee)
        found = function_of(head.callee, frozenset(DIALECTS))
        builder = BUILDERS[dialect].get(found[1]) if found else None
        if found and found[1] in ENUM_FUNCTIONS:
            return self._inline_enum(base, head)
        if builder is None or found is None:
            place = called_at(head)
            known = tuple(BUILDERS[dialect])
            self.problems.report(UnknownBuilder(place, place.text, known, dialect.value))
            return None
        return self._with_options(replace(base, function=found[1], kind=builder.kind), builder, head)

    def _declared_builder(self, base: Column, head: CallValue, maker: CallValue) -> Column | None:
        """`status("status")` where `status` is a `pgEnum` or a `customType` of the author's."""
        found = function_of(maker.callee, frozenset(DIALECTS))
        if found and found[1] == "pgEnum" and len(maker.arguments) > 1:
            return replace(base, function="pgEnum", enum=self._texts(maker.arguments[1], f"{base.name}.enum"))
        if found and found[1] == "customType":
            return replace(base, function="customType", kind=_custom_kind(maker), custom=head.source)
        place = called_at(head)
        self.problems.report(UnknownBuilder(place, place.text, (), "sqlite"))
        return None

    def _inline_enum(self, base: Column, head: CallValue) -> Column:
        values = next((argument for argument in head.arguments if isinstance(argument, ArrayValue)), None)
        return replace(base, function="mysqlEnum", enum=self._texts(values, f"{base.name}.enum") if values else ())

    def _texts(self, value: Value, owner: str) -> tuple[str, ...]:
        return tuple(item.text for item in self.reader.strings(value, owner) or ())

    def _with_options(self, column: Column, builder: Builder, head: CallValue) -> Column:
        if builder.autoincrement:
            column = replace(column, autoincrement=True, not_null=True)
        options = next((argument for argument in head.arguments if isinstance(argument, ObjectValue)), None)
        if options is None:
            return column
        fields = self.reader.fields(options, f"{column.name}")
        if fields is None:
            return column
        for entry in options.entries:
            column = self._option(column, builder, entry)
        return column

    def _option(self, column: Column, builder: Builder, entry: Entry) -> Column:
        owner = f"{column.name}.{entry.key}"
        match entry.key, entry.value:
            case "mode", StringValue(mode) if mode in builder.modes:
                return replace(column, mode=mode, kind=builder.modes[mode])
            case "mode", value:
                expected = " or ".join(f'"{mode}"' for mode in builder.modes) or "left out for this type"
                self.reader.wrong(value, owner, expected)
            case "enum", value:
                return replace(column, enum=self._texts(value, owner))
            case ("length" | "precision" | "scale") as key, NumberValue(number):
                return _sized(column, key, int(number))
            case (("length" | "precision" | "scale"), value):
                self.reader.wrong(value, owner, "a number")
            case (("withTimezone" | "unsigned" | "fsp" | "fields" | "dimensions" | "type" | "srid"), value):
                return replace(column, options=(*column.options, (entry.key, plain(value))))
            case key, _:
                known = ("mode", "enum", "length", "precision", "scale")
                self.problems.report(SHAPE.unknown(entry.key_span, key, known, column.name))
        return column

    def _modified(self, column: Column, link: Link) -> Column:
        match link.name:
            case "notNull":
                return replace(column, not_null=True)
            case "primaryKey":
                return self._primary_key(column, link)
            case "unique":
                first = link.arguments[0] if link.arguments else None
                return replace(column, unique=True, unique_name=first.text if isinstance(first, StringValue) else None)
            case "default" if link.arguments:
                return replace(column, default=_default(link.arguments[0]))
            case "defaultNow":
                return replace(column, default=Default(DefaultKind.NOW))
            case "defaultRandom":
                return replace(
                    column, default=Default(DefaultKind.FUNCTION), modifiers=(*column.modifiers, link.source)
                )
            case "$defaultFn" | "$default" if link.arguments:
                return replace(column, default=_function_default(link.arguments[0]))
            case "references" if link.arguments:
                return replace(column, foreign_key=self._foreign_key(link))
            case name if name in IDENTITY:
                return replace(column, autoincrement=True, modifiers=(*column.modifiers, link.source))
            case name if name in KEPT:
                generated = column.generated or name == "generatedAlwaysAs"
                return replace(column, modifiers=(*column.modifiers, link.source), generated=generated)
            case name:
                known = (*READ, *sorted(KEPT | IDENTITY))
                place = Span(link.span.file, link.span.start + 1, link.span.start + 1 + len(name))
                self.problems.report(UnknownModifier(place, name, known))
                return column

    def _primary_key(self, column: Column, link: Link) -> Column:
        options = link.arguments[0] if link.arguments else None
        fields = self.reader.fields(options, f"{column.name}.primaryKey") if options else None
        automatic = column.autoincrement
        if fields:
            automatic = fields.boolean("autoIncrement", automatic)
            fields.value("onConflict")
            fields.finish()
        return replace(column, primary_key=True, not_null=True, autoincrement=automatic)

    def _foreign_key(self, link: Link) -> ForeignKey | None:
        found = self._returned(link.arguments[0])
        target = self.target(link.arguments[0])
        options = link.arguments[1] if len(link.arguments) > 1 else None
        fields = self.reader.fields(options, "references") if options else None
        on_delete = fields.string("onDelete") if fields else None
        on_update = fields.string("onUpdate") if fields else None
        if fields:
            fields.finish()
        if target is None:
            self.problems.report(cause(found, UnreadableReference(link.arguments[0].span)))
            return None
        return ForeignKey(*target, on_delete, on_update, link.arguments[0].span)

    def _returned(self, value: Value) -> Value | None:
        return self.apply(value, ()) if isinstance(value, CodeValue) else value

    def target(self, value: Value) -> tuple[str, str] | None:
        """(table, column) that `() => table.column` or `table.column` names."""
        found = self._returned(value)
        if not isinstance(found, MemberValue):
            return None
        table = self.tables.get(found.object.span.key)
        return (table, found.name) if table else None


def _unread(entry: Entry) -> Column:
    return Column(entry.key, entry.key, function="text", kind=ColumnKind.TEXT, span=entry.value.span)


def _custom_kind(maker: CallValue) -> ColumnKind:
    """What `customType<{ data: number }>` says that a value is; anything but text, numbers and booleans is JSON."""
    found = CUSTOM_DATA.search(maker.span.text)
    return CUSTOM_KINDS.get(found[1], ColumnKind.JSON) if found else ColumnKind.TEXT


def _sized(column: Column, key: str, number: int) -> Column:
    if key == "length":
        return replace(column, length=number)
    return replace(column, precision=number) if key == "precision" else replace(column, scale=number)


def _default(value: Value) -> Default | None:
    scalar = as_scalar(value)
    if scalar:
        return Default(DefaultKind.LITERAL, scalar[0])
    match value:
        case ArrayValue() | ObjectValue():
            return Default(DefaultKind.LITERAL, plain(value))
        case CodeValue(_, source) | CallValue(_, _, _, source):
            return Default(DefaultKind.SQL, source=source)
        case _:
            return None


def _function_default(value: Value) -> Default:
    match value:
        case CodeValue(_, source) | CallValue(_, _, _, source):
            return Default(DefaultKind.FUNCTION, source=source)
        case _:
            return Default(DefaultKind.FUNCTION)
