"""Takes Drizzle's chained calls apart: `text("a").notNull().unique()` is a head and its links."""

import re

from qb_compiler.evaluate.values import CallValue, ExternalValue, MemberValue, Value
from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record
from qb_compiler.span import Span

NAME = re.compile(r"[\w$.]+")


@record
class Link:
    """One `.name(arguments)` of a chain; `span` runs from the dot on."""

    name: str
    arguments: tuple[Value, ...]
    span: Span
    call: CallValue

    @property
    def source(self) -> Carried:
        """The link as written, with what it needs of the file."""
        return self.call.origin.carried(self.span)


@record
class Chain:
    head: CallValue
    links: tuple[Link, ...]


def unchain(value: Value) -> Chain | None:
    """The chain of calls that ends in `value`, or None when it is not a call."""
    links: list[Link] = []
    while isinstance(value, CallValue):
        callee = value.callee
        if not isinstance(callee, MemberValue) or not isinstance(callee.object, CallValue):
            return Chain(value, tuple(reversed(links)))
        links.append(_link(value, callee))
        value = callee.object
    return None


def _link(call: CallValue, callee: MemberValue) -> Link:
    """A link may be written `["name"]`, without a dot."""
    behind = callee.object.span.end
    dot = call.span.file.text.find(".", behind, call.span.end)
    return Link(callee.name, call.arguments, Span(call.span.file, max(dot, behind), call.span.end), call)


def function_of(value: Value, modules: frozenset[str]) -> tuple[str, str] | None:
    """(module, name) of a callee that is a binding of one of `modules`, imported by name or as a namespace."""
    if isinstance(value, ExternalValue) and value.module in modules:
        return value.module, value.name
    if isinstance(value, MemberValue) and isinstance(value.object, ExternalValue):
        space = value.object
        return (space.module, value.name) if space.module in modules and space.name == "*" else None
    return None


def called_at(call: CallValue) -> Span:
    """Where the function of a call is named; a binding's own span is its import."""
    if not isinstance(call.callee, ExternalValue):
        return call.callee.span
    found = NAME.match(call.span.text)
    return Span(call.span.file, call.span.start, call.span.start + (found.end() if found else 1))
