"""Literals: strings with their escapes, templates, numbers, and the words that are values."""

import re

from qb_compiler.evaluate.coerce import finite, to_text
from qb_compiler.evaluate.problems import BadEscape, NotConstant, NotStatic, TooMuch
from qb_compiler.evaluate.scope import MOST_CHARACTERS, Scope, children
from qb_compiler.evaluate.values import (
    BooleanValue,
    CodeValue,
    NullValue,
    StringValue,
    UndefinedValue,
    Value,
)
from qb_compiler.syntax.tree import Node

ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,8})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|([\s\S])|$)"
)
NAMED_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}


def unescaped(raw: str) -> str | None:
    """The characters that a string's source means; None for an escape that JavaScript refuses."""
    if "\\" not in raw:
        return raw
    try:
        text = ESCAPE.sub(_character, raw)
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except (ValueError, OverflowError):
        return None


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16))
    if found[4]:
        return ""
    if not found[5] or found[5] in "ux" or (found[5].isdigit() and found[5] != "0"):
        raise ValueError(found[0])
    return NAMED_ESCAPES.get(found[5], found[5])


def string(scope: Scope, node: Node) -> Value:
    text = unescaped(scope.text(node)[1:-1])
    if text is None:
        return scope.refused(node, BadEscape(scope.span(node)))
    return StringValue(text, scope.span(node))


def template(scope: Scope, node: Node) -> Value:
    """A template literal whose every `${…}` is a constant."""
    parts: list[str] = []
    for child in node.named_children:
        part = _template_part(scope, child)
        if not isinstance(part, str):
            return scope.refused(node, part.problem or NotConstant(part.span, "the template"))
        parts.append(part)
    return StringValue("".join(parts), scope.span(node))


def _template_part(scope: Scope, node: Node) -> str | CodeValue:
    if node.type == "comment":
        return ""
    if node.type != "template_substitution":
        text = unescaped(scope.text(node).replace("\r\n", "\n"))
        return scope.refused(node, BadEscape(scope.span(node))) if text is None else text
    value = scope.evaluate(children(node)[0])
    text = to_text(value)
    if text is not None:
        return text if len(text) <= MOST_CHARACTERS else scope.refused(node, TooMuch(scope.span(node)))
    problem = value.problem if isinstance(value, CodeValue) else None
    return scope.refused(node, problem or NotConstant(value.span, "the template"))


def number(scope: Scope, node: Node) -> Value:
    written = scope.text(node).replace("_", "").lower()
    if written.endswith("n") and not written.startswith("0x"):
        return scope.refused(node, NotStatic(scope.span(node), "a bigint", "write a plain number"))
    try:
        value = int(written, 0) if written[:2] in {"0x", "0b", "0o"} else float(written)
    except (ValueError, OverflowError):
        return scope.refused(node, NotStatic(scope.span(node), "this number", "write it in decimal digits"))
    if written.isdigit() and len(written) > 1 and written[0] == "0":
        return scope.refused(node, NotStatic(scope.span(node), "a number with a leading 0", "leave the 0 out"))
    return finite(scope, node, float(value))


def true(scope: Scope, node: Node) -> Value:
    return BooleanValue(True, scope.span(node))


def false(scope: Scope, node: Node) -> Value:
    return BooleanValue(False, scope.span(node))


def null(scope: Scope, node: Node) -> Value:
    return NullValue(scope.span(node))


def undefined(scope: Scope, node: Node) -> Value:
    return UndefinedValue(scope.span(node))


def kept(scope: Scope, node: Node) -> Value:
    """Regular expressions and other code that is always kept as source."""
    return scope.code(node)
