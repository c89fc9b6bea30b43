"""Turns a column of `q` into Drizzle's: `q.text({ maxLength: 80 }).required()` is `text({ length: 80 }).notNull()`."""

from collections.abc import Mapping
from dataclasses import replace

from qb_compiler.blocks.chain import Chain, Link, unchain
from qb_compiler.blocks.later.problems import UnknownStep
from qb_compiler.evaluate.decode import Reader
from qb_compiler.evaluate.values import CallValue, Entry, ExternalValue, MemberValue, ObjectValue, StringValue, Value
from qb_compiler.model.record import record
from qb_compiler.source.specifiers import COMPILER_PACKAGE
from qb_compiler.span import Span

DRIZZLE = "drizzle-orm/sqlite-core"
BUILDERS: Mapping[str, tuple[str, str]] = {
    "id": ("text", ""), "text": ("text", ""), "url": ("text", ""), "enum": ("text", ""), "scope": ("text", ""),
    "json": ("text", "json"), "int": ("integer", ""), "boolean": ("integer", "boolean"),
    "timestamp": ("integer", "timestamp"), "real": ("real", ""),
}  # fmt: skip
"""`q` function -> Drizzle's builder and its mode."""
IMPLIED = {"id": "primaryKey", "scope": "notNull"}
SCOPES = ("organization", "owner")
INDEXED = frozenset({"index", "filterable", "searchable"})
RENAMED = {"required": "notNull"}
SAME = ("default", "primaryKey", "references", "unique")
STEPS = (*sorted(INDEXED | RENAMED.keys() | {"optional"}), *SAME)


@record
class LoweredColumn:
    """`value` is Drizzle's chain. `scope` names the scope whose column it is; `indexed` columns get an index each."""

    name: str
    span: Span
    value: Value
    scope: str | None = None
    indexed: bool = False
    is_url: bool = False


def lower_column(entry: Entry, sql_name: str, reader: Reader) -> LoweredColumn | None:
    """The column as Drizzle says it; None after reporting what it is not."""
    chain = unchain(entry.value)
    function = _function(chain.head) if chain else None
    if chain is None or function is None:
        reader.wrong(entry.value, f"columns.{entry.key}", "a column of `q`, such as `q.text()`")
        return None
    known = function.name in BUILDERS
    if not known:
        reader.problems.report(UnknownStep(_name_at(chain.head.span, function.name), function.name, tuple(BUILDERS)))
    value = _head(chain.head, function.name if known else "text", sql_name, reader)
    scope = _scope(chain.head, reader) if function.name == "scope" else None
    indexed = any(link.name in INDEXED for link in chain.links)
    return LoweredColumn(
        entry.key, entry.key_span, _linked(value, chain, reader), scope, indexed, function.name == "url"
    )


def _function(head: CallValue) -> MemberValue | None:
    """`q.text` of `q.text(…)`."""
    match head.callee:
        case MemberValue(ExternalValue(module, "q"), _) as callee if module == COMPILER_PACKAGE:
            return callee
        case _:
            return None


def _head(head: CallValue, function: str, sql_name: str, reader: Reader) -> CallValue:
    builder, mode = BUILDERS[function]
    at = head.span
    options = _options(head, function, reader)
    if mode:
        options = (*options, Entry("mode", at, StringValue(mode, at)))
    sized: tuple[Value, ...] = (ObjectValue(options, at),) if options else ()
    arguments = (StringValue(sql_name, at), *sized)
    called = CallValue(ExternalValue(DRIZZLE, builder, at), arguments, at, head.origin)
    return _chained(called, IMPLIED[function], at) if function in IMPLIED else called


def _options(head: CallValue, function: str, reader: Reader) -> tuple[Entry, ...]:
    given = head.arguments[0] if head.arguments else None
    if function == "enum":
        values = given or ObjectValue((), head.span)
        return (Entry("enum", values.span, values),)
    if function == "scope" or given is None:
        return ()
    fields = reader.fields(given, f"q.{function}")
    if fields is None:
        return ()
    length = fields.value("maxLength") if function in {"text", "url"} else None
    fields.finish()
    return (Entry("length", length.span, length),) if length else ()


def _scope(head: CallValue, reader: Reader) -> str | None:
    given = head.arguments[0] if head.arguments else None
    if isinstance(given, StringValue) and given.text in SCOPES:
        return given.text
    reader.wrong(given or head, "q.scope", " or ".join(f'"{scope}"' for scope in SCOPES))
    return None


def _chained(called: CallValue, name: str, span: Span) -> CallValue:
    """`called.name()`, at a place where `q.` stands."""
    start = replace(called, span=Span(span.file, span.start, span.start + 1))
    return CallValue(MemberValue(start, name, span), (), span, called.origin)


def _linked(value: CallValue, chain: Chain, reader: Reader) -> CallValue:
    for link in chain.links:
        name = RENAMED.get(link.name, link.name)
        if link.name not in STEPS:
            reader.problems.report(UnknownStep(_name_at(link.span, link.name), link.name, STEPS))
        elif name in {*RENAMED.values(), *SAME}:
            value = _step(value, name, link)
    return value


def _step(value: CallValue, name: str, link: Link) -> CallValue:
    before = replace(value, span=Span(link.span.file, value.span.start, link.span.start))
    return CallValue(MemberValue(before, name, link.span), link.arguments, link.call.span, link.call.origin)


def _name_at(span: Span, name: str) -> Span:
    start = span.file.text.find(name, span.start, span.end)
    return Span(span.file, start, start + len(name)) if start >= 0 else span
