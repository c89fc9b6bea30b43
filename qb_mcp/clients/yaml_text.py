"""Puts one member into YAML text, or takes it out, by whole lines.

The YAML library only tells where things stand; it never prints, since printing would restyle what a person wrote.
"""

from collections.abc import Mapping
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node

from qb_mcp.clients.json_value import Json, compact
from qb_mcp.clients.jsonc_reader import Unparsable


def read(text: str) -> Mapping[str, Json]:
    """The mapping that the text holds; an empty text is an empty mapping."""
    try:
        data = YAML(typ="safe", pure=True).load(StringIO(text.removeprefix("\ufeff")))
    except YAMLError as error:
        raise Unparsable(str(error).splitlines()[0], 0) from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise Unparsable("the file holds something other than a mapping", 0)
    return data


def put(text: str, path: tuple[str, ...], value: Json) -> str:
    """The text with the member at the path, which is a holder and a key; it comes first in its holder."""
    before = read(text)
    holder, key = path
    held = before.get(holder)
    if held is not None and not isinstance(held, Mapping):
        raise Unparsable(f"`{holder}` holds something other than a mapping", 0)
    if held and held.get(key) == value:
        return text
    cleaned = drop(text, path)
    newline = "\r\n" if "\r\n" in text else "\n"
    edited = _put(cleaned, holder, key, value, newline)
    _check_rest(before, edited, path)
    return edited


def drop(text: str, path: tuple[str, ...], *, created: int = 0) -> str:
    """The text without the member, and without its holder where that is `created` and has nothing else."""
    before = read(text)
    holder, key = path
    held = before.get(holder)
    if not isinstance(held, Mapping) or key not in held:
        return text
    lone = len(held) == 1
    edited = _cut(text, (holder,) if lone and created else path, emptied=lone and not created)
    _check_rest(before, edited, path)
    return edited


def _put(text: str, holder: str, key: str, value: Json, newline: str) -> str:
    found = _pair(_root(text), holder)
    if found is None:
        start = text if not text or text.endswith("\n") else text + newline
        return start + newline.join([f"{holder}:", *_lines(key, value, 2)]) + newline
    name, node = found
    if isinstance(node, MappingNode) and node.value and not node.flow_style:
        at = _line_start(text, node.value[0][0].start_mark.index)
        indent = node.value[0][0].start_mark.column
        return text[:at] + newline.join(_lines(key, value, indent)) + newline + text[at:]
    if isinstance(node, MappingNode) and node.value:
        raise Unparsable(f"`{holder}` is written in braces", node.start_mark.index)
    line_end = _line_end(text, name.start_mark.index)
    tail = text[node.end_mark.index : line_end] if node.end_mark.index <= line_end else ""
    colon = text.index(":", name.end_mark.index) + 1
    return (
        text[:colon] + tail.rstrip("\r\n") + newline + newline.join(_lines(key, value, 2)) + newline + text[line_end:]
    )


def _lines(key: str, value: Json, indent: int) -> list[str]:
    margin = " " * indent
    if isinstance(value, Mapping) and value:
        return [f"{margin}{key}:", *(line for name, item in value.items() for line in _lines(name, item, indent + 2))]
    if isinstance(value, list | tuple) and value:
        return [f"{margin}{key}:", *(f"{margin}- {compact(item)}" for item in value)]
    return [f"{margin}{key}: {compact(value)}"]


def _cut(text: str, path: tuple[str, ...], *, emptied: bool) -> str:
    node: Node = _root(text)
    for holder in path[:-1]:
        found = _pair(node, holder)
        node = found[1] if found else node
    pair = _pair(node, path[-1])
    if pair is None or (isinstance(node, MappingNode) and node.flow_style):
        raise Unparsable(f"`{path[-1]}` is not written on lines of its own", 0)
    start = _line_start(text, pair[0].start_mark.index)
    end = _last_line_end(text, start, pair[0].start_mark.column)
    if not emptied:
        return text[:start] + text[end:]
    colon = text.rindex(":", 0, start) + 1
    return text[:colon] + " {}" + text[colon:start] + text[end:]


def _last_line_end(text: str, start: int, column: int) -> int:
    """The end of the last line that belongs to the member: deeper than its key, or an item of its list."""
    end = _line_end(text, start)
    offset = end
    while offset < len(text):
        stop = _line_end(text, offset)
        line = text[offset:stop]
        words = line.lstrip(" ")
        depth = len(line) - len(words)
        if words.strip() and not words.startswith("#"):
            if depth < column or (depth == column and not words.startswith("- ")):
                break
            end = stop
        offset = stop
    return end


def _root(text: str) -> Node:
    """The document's node; marks count from the text with its BOM."""
    try:
        node = YAML(typ="rt", pure=True).compose(StringIO(text))
    except YAMLError as error:
        raise Unparsable(str(error).splitlines()[0], 0) from error
    return node if node is not None else MappingNode(tag="", value=[])


def _pair(node: Node, key: str) -> tuple[Node, Node] | None:
    if not isinstance(node, MappingNode):
        return None
    return next(((name, value) for name, value in node.value if name.value == key), None)


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def _check_rest(before: Mapping[str, Json], edited: str, path: tuple[str, ...]) -> None:
    """Refuse to return an edit that changed anything but the member."""
    if _without(before, path) != _without(read(edited), path):
        raise Unparsable("the edit would change other settings", 0)


def _without(value: Mapping[str, Json], path: tuple[str, ...]) -> Mapping[str, Json]:
    holder, key = path
    held = value.get(holder)
    rest = {name: item for name, item in held.items() if name != key} if isinstance(held, Mapping) else None
    others = {name: item for name, item in value.items() if name != holder}
    return {**others, holder: rest} if rest else others
