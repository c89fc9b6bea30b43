"""What the columns of `q` say beside their types: the scopes of the firewall, and rules of validation."""

from collections.abc import Iterable

from qb_compiler.blocks.later.columns import LoweredColumn
from qb_compiler.evaluate.values import BooleanValue, Entry, ObjectValue, StringValue

OWN_OPTIONS = frozenset({"columns", "unique"})


def with_derived(options: ObjectValue, columns: tuple[LoweredColumn, ...]) -> ObjectValue:
    """The options of `defineTable`: what the author wrote goes before what a column says."""
    written = {entry.key: entry for entry in options.entries if entry.key not in OWN_OPTIONS}
    derived = (*_firewall(columns), *_validation(columns, options.get("validation")))
    for entry in derived:
        if entry.key == "validation" or entry.key not in written:
            written[entry.key] = entry
    return ObjectValue(tuple(written.values()), options.span)


def _firewall(columns: tuple[LoweredColumn, ...]) -> Iterable[Entry]:
    """`firewall: { organization: { column } }` from `q.scope("organization")`."""
    scopes = tuple(
        Entry(column.scope, column.span, _object(column, StringValue(column.name, column.span)))
        for column in columns
        if column.scope
    )
    if scopes:
        yield Entry("firewall", scopes[0].key_span, ObjectValue(scopes, scopes[0].key_span))


def _object(column: LoweredColumn, name: StringValue) -> ObjectValue:
    return ObjectValue((Entry("column", column.span, name),), column.span)


def _validation(columns: tuple[LoweredColumn, ...], written: object) -> Iterable[Entry]:
    """`validation: { site: { url: true } }` from `q.url()`; rules of the author's for the column stay."""
    own = written.entries if isinstance(written, ObjectValue) else ()
    said = {entry.key for entry in own}
    added = tuple(_url_rule(column) for column in columns if column.is_url and column.name not in said)
    if added:
        span = written.span if isinstance(written, ObjectValue) else added[0].key_span
        yield Entry("validation", span, ObjectValue((*own, *added), span))


def _url_rule(column: LoweredColumn) -> Entry:
    rule = Entry("url", column.span, BooleanValue(True, column.span))
    return Entry(column.name, column.span, ObjectValue((rule,), column.span))
