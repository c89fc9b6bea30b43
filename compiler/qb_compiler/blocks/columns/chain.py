"""Takes Drizzle's chained calls apart: `text("a").notNull().unique()` is a head and its links."""

from dataclasses import dataclass

from qb_compiler.evaluate.values import CallValue, ExternalValue, MemberValue, Value
from qb_compiler.model.carried import Carried
from qb_compiler.span import Span


@dataclass(frozen=True, slots=True)
class Link:
    """One `.name(arguments)` of a chain; `source` is its text from the dot on."""

    name: str
    arguments: tuple[Value, ...]
    span: Span
    source: Carried


@dataclass(frozen=True, slots=True)
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
    span = Span(call.span.file, callee.object.span.end, call.span.end)
    text = span.text.strip()
    imports = tuple(binding for binding in call.source.imports if binding.alias in text)
    declarations = call.source.declarations
    start = span.end - len(span.text.lstrip())
    return Link(
        callee.name, call.arguments, Span(span.file, start, span.end), Carried(text, span, imports, declarations)
    )


def function_of(value: Value, modules: frozenset[str]) -> tuple[str, str] | None:
    """(module, name) of a callee that is a binding of one of `modules`, imported by name or as a namespace."""
    if isinstance(value, ExternalValue) and value.module in modules:
        return value.module, value.name
    if isinstance(value, MemberValue) and isinstance(value.object, ExternalValue):
        space = value.object
        return (space.module, value.name) if space.module in modules and space.name == "*" else None
    return None
