"""Literals of a generated module as plain data; anything else is `Unreadable`. Generated strings are JSON strings."""

from collections.abc import Mapping
from typing import TypeAlias

from tree_sitter import Node

from qb_compiler.contracts.typescript import Module, arguments, callee, unquoted, unwrapped
from qb_compiler.model.record import record


@record
class Reference:
    """A name (`maskEmail`, `access.get`), a spread one, or one of the caller's context (`fromContext("userId")`)."""

    name: str


Data: TypeAlias = str | int | float | bool | Reference | tuple["Data", ...] | Mapping[str, "Data"] | None

CONSTANTS: dict[str, Data] = {"true": True, "false": False, "null": None}


class Unreadable(Exception):
    """The expression is of a shape that generated security data does not have."""


def read(module: Module, node: Node) -> Data:
    """The value of a literal; sets and maps are read as what they are made from."""
    node = unwrapped(node)
    if node.type == "string":
        return string(module, node)
    if node.type == "number":
        text = module.text(node)
        return float(text) if "." in text or "e" in text else int(text)
    if node.type in CONSTANTS:
        return CONSTANTS[node.type]
    if node.type == "array":
        return tuple(read(module, child) for child in node.named_children)
    if node.type == "object":
        return dict(entry(module, child) for child in node.named_children)
    if node.type in {"identifier", "member_expression", "spread_element"}:
        return Reference(module.text(node))
    if node.type == "unary_expression" and module.text(node).startswith("-"):
        return -number(module, node.named_children[0])
    return constructed(module, node)


def number(module: Module, node: Node) -> int | float:
    value = read(module, node)
    if isinstance(value, int | float):
        return value
    raise Unreadable(module.text(node))


def constructed(module: Module, node: Node) -> Data:
    """`new Set([…])`, `new Map([…])`, `fromContext("…")`."""
    given = arguments(node)
    if node.type == "new_expression" and given:
        return read(module, given[0])
    if node.type == "new_expression":
        return ()
    if node.type == "call_expression" and callee(module, node) == "fromContext":
        return Reference(f"$ctx.{read(module, given[0])}")
    raise Unreadable(module.text(node))


def string(module: Module, node: Node) -> str:
    try:
        return unquoted(module.text(node))
    except ValueError:
        raise Unreadable(module.text(node)) from None


def entry(module: Module, node: Node) -> tuple[str, Data]:
    if node.type == "shorthand_property_identifier":
        return module.text(node), Reference(module.text(node))
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if node.type != "pair" or key is None or value is None:
        raise Unreadable(module.text(node))
    name = string(module, key) if key.type == "string" else module.text(key)
    return name, read(module, value)
