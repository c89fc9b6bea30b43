"""Puts one member into JSON or JSONC text, or takes it out, and touches no other byte.

After each edit the text is read again and every other key must be as it was: an editor that cannot prove it did no harm
raises instead of returning.
"""

import re
from collections.abc import Mapping

from qb_mcp.clients.json_value import Json, compact, pretty
from qb_mcp.clients.jsonc_reader import Member, Node, Reader, Unparsable

_INDENT = re.compile(r"\n([ \t]+)\"")
_SAME_LINE = re.compile(r"[ \t]*(?://[^\n]*|(?:/\*[^\n]*?\*/[ \t]*)+(?=\r?\n))?")


def read(text: str, *, strict: bool = False) -> Mapping[str, Json]:
    """The object that the text holds; an empty text is an empty object."""
    return _as_object(_document(text, strict))


def put(text: str, path: tuple[str, ...], value: Json, *, strict: bool = False) -> str:
    """The text with the value at the path, its objects created on the way."""
    if not text.strip("\ufeff \t\r\n"):
        return text + pretty(_nested(path, value)) + "\n"
    root = _document(text, strict)
    node, rest = _deepest(root, path)
    if not rest and node.value == value:
        return text
    if not rest:
        edited = _replace(text, node, _styled(text, value, _margin(text, _holder(root, path).start)))
    elif node.members is None:
        raise Unparsable(f"`{_last_key(path, rest)}` holds something other than an object", node.start)
    else:
        edited = _insert(text, node, rest[0], _nested(rest[1:], value))
    _check_rest(text, edited, path, value, strict)
    return edited


def drop(text: str, path: tuple[str, ...], *, created: int = 0, strict: bool = False) -> str:
    """The text without the member at the path, and without its `created` innermost holders where they became empty."""
    root = _document(text, strict)
    holder = _holder_of(root, path)
    member = holder.member(path[-1]) if holder else None
    if holder is None or member is None:
        return text
    edited = _cut(text, holder, member)
    parent = _holder_of(_document(edited, strict), (*path[:-1], ""))
    if created and len(path) > 1 and parent and not parent.members and not _remark(edited, parent):
        return drop(edited, path[:-1], created=created - 1, strict=strict)
    return edited


def _document(text: str, strict: bool) -> Node:
    if not text.strip("\ufeff \t\r\n"):
        return Node(0, 0, {}, ())
    node = Reader(text, strict).document()
    if node.members is None:
        raise Unparsable("the file holds something other than an object", node.start)
    return node


def _as_object(node: Node) -> Mapping[str, Json]:
    return node.value if isinstance(node.value, Mapping) else {}


def _nested(path: tuple[str, ...], value: Json) -> Json:
    for key in reversed(path):
        value = {key: value}
    return value


def _deepest(root: Node, path: tuple[str, ...]) -> tuple[Node, tuple[str, ...]]:
    """The last node on the path that exists, and the keys that do not."""
    node = root
    for depth, key in enumerate(path):
        member = node.member(key)
        if member is None:
            return node, path[depth:]
        node = member.value
    return node, ()


def _holder_of(root: Node, path: tuple[str, ...]) -> Node | None:
    node, rest = _deepest(root, path[:-1])
    return None if rest or node.members is None else node


def _holder(root: Node, path: tuple[str, ...]) -> Member:
    parent = _holder_of(root, path)
    member = parent.member(path[-1]) if parent else None
    if member is None:
        raise Unparsable("the member has gone", root.start)
    return member


def _last_key(path: tuple[str, ...], rest: tuple[str, ...]) -> str:
    return path[len(path) - len(rest) - 1]


def _insert(text: str, holder: Node, key: str, value: Json) -> str:
    members = holder.members or ()
    if "\n" not in text[holder.start : holder.end] and members:
        at = members[-1].comma or members[-1].value.end
        separator = " " if members[-1].comma else ", "
        return f"{text[:at]}{separator}{compact(key)}: {compact(value)}{text[at:]}"
    outer = _margin(text, holder.start)
    inner = outer + _unit(text)
    line = f"{_newline(text)}{inner}{compact(key)}: {_styled(text, value, inner)}"
    if not members:
        return _insert_first(text, holder, line, outer)
    last = members[-1]
    at = _after_remark(text, last.comma or last.value.end)
    trailing, comma = ("," if last.comma else ""), ("" if last.comma else ",")
    return f"{text[: last.value.end]}{comma}{text[last.value.end : at]}{line}{trailing}{text[at:]}"


def _insert_first(text: str, holder: Node, line: str, margin: str) -> str:
    """Into an empty object: before its closing brace, behind any comment that stands there."""
    close = holder.end - 1
    inside = text[holder.start + 1 : close]
    kept = inside.rstrip()
    return f"{text[: holder.start + 1]}{kept}{line}{_newline(text)}{margin}{text[close:]}"


def _after_remark(text: str, offset: int) -> int:
    """Past a comment on the same line, which speaks of what stands before it."""
    found = _SAME_LINE.match(text, offset)
    end = found.end() if found else offset
    return end if text[offset:end].strip() else offset


def _replace(text: str, node: Node, value: str) -> str:
    return text[: node.start] + value + text[node.end :]


def _cut(text: str, holder: Node, member: Member) -> str:
    members = holder.members or ()
    index = members.index(member)
    end = member.comma or member.value.end
    start = member.start
    while text[start - 1] in " \t\r\n":
        start -= 1
    if len(members) == 1:
        inside = text[holder.start + 1 : start] + text[end : holder.end - 1]
        return text[: holder.start + 1] + ("" if not inside.strip() else inside) + text[holder.end - 1 :]
    if index == len(members) - 1 and not member.comma:
        comma = members[index - 1].comma or start
        return text[: comma - 1] + text[comma:start] + text[end:]
    return text[:start] + text[end:]


def _remark(text: str, holder: Node) -> str:
    return text[holder.start + 1 : holder.end - 1].strip()


def _styled(text: str, value: Json, margin: str) -> str:
    lines = pretty(value, _unit(text)).split("\n")
    return f"{_newline(text)}{margin}".join(lines)


def _unit(text: str) -> str:
    found = _INDENT.search(text)
    return found.group(1) if found else "  "


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _margin(text: str, offset: int) -> str:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _check_rest(before: str, after: str, path: tuple[str, ...], value: Json, strict: bool) -> None:
    """Refuse to return an edit that changed anything but the member."""
    left, right = read(before, strict=strict), read(after, strict=strict)
    if _without(left, path) != _without(right, path):
        raise Unparsable("the edit would change other settings", 0)


def _without(value: Json, path: tuple[str, ...]) -> Json:
    """The value without the member and without holders that hold nothing else."""
    if not isinstance(value, Mapping):
        return value
    rest: dict[str, Json] = {key: item for key, item in value.items() if key != path[0]}
    inner = value.get(path[0])
    if len(path) > 1 and inner is not None:
        reduced = _without(inner, path[1:])
        if reduced != {}:
            rest[path[0]] = reduced
    return rest
