"""Reads JSON with comments and trailing commas into nodes that know their place in the text.

Positions are what the editor (`jsonc.py`) needs: a member of ours is put in or cut out by span, so that comments, order
and spacing of everything else stay as their author left them.
"""

import json
import re
from dataclasses import dataclass

from qb_mcp.clients.json_value import Json

_GAP = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_BLANK = re.compile(r"\s*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_LITERAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
_DEEPEST = 200


class Unparsable(Exception):
    """The text is not what its format asks for; `offset` is where it goes wrong."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Member:
    """`start` is the opening quote of the key; `comma` the offset after the comma that follows, if there is one."""

    key: str
    start: int
    value: "Node"
    comma: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """`members` is None for anything but an object."""

    start: int
    end: int
    value: Json
    members: tuple[Member, ...] | None = None

    def member(self, key: str) -> Member | None:
        """The last member with that key: the one that readers of JSON keep."""
        found = [member for member in self.members or () if member.key == key]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Reader:
    """`strict` refuses comments and trailing commas, for files whose client reads plain JSON."""

    text: str
    strict: bool = False

    def document(self) -> Node:
        """The whole text as one value."""
        node = self._value(self._skip(1 if self.text.startswith("\ufeff") else 0), 0)
        end = self._skip(node.end)
        if end != len(self.text):
            raise Unparsable("there is text after the end of the value", end)
        return node

    def _skip(self, offset: int) -> int:
        found = (_BLANK if self.strict else _GAP).match(self.text, offset)
        return found.end() if found else offset

    def _value(self, offset: int, depth: int) -> Node:
        if depth > _DEEPEST:
            raise Unparsable("the value is nested too deeply", offset)
        opening = self.text[offset : offset + 1]
        if opening == "{":
            return self._object(offset, depth)
        if opening == "[":
            return self._array(offset, depth)
        if found := (_STRING if opening == '"' else _LITERAL).match(self.text, offset):
            return Node(offset, found.end(), json.loads(found.group()))
        raise Unparsable("a value is missing or is not JSON", offset)

    def _object(self, start: int, depth: int) -> Node:
        members: list[Member] = []
        offset = self._skip(start + 1)
        while not self._closes(offset, "}"):
            self._check_separated(members[-1].comma if members else start, offset)
            member = self._member(offset, depth)
            members.append(member)
            offset = self._skip(member.comma or member.value.end)
        if self.strict and members and members[-1].comma:
            raise Unparsable("there is a trailing comma, which this client cannot read", members[-1].comma - 1)
        value = {member.key: member.value.value for member in members}
        return Node(start, offset + 1, value, tuple(members))

    def _member(self, offset: int, depth: int) -> Member:
        key = _STRING.match(self.text, offset)
        if not key:
            raise Unparsable("a key in double quotes is missing", offset)
        colon = self._skip(key.end())
        if self.text[colon : colon + 1] != ":":
            raise Unparsable("a colon is missing after the key", colon)
        value = self._value(self._skip(colon + 1), depth + 1)
        return Member(json.loads(key.group()), offset, value, self._comma(value.end))

    def _array(self, start: int, depth: int) -> Node:
        items: list[Json] = []
        offset, comma = self._skip(start + 1), start
        while not self._closes(offset, "]"):
            self._check_separated(comma, offset)
            item = self._value(offset, depth + 1)
            items.append(item.value)
            comma = self._comma(item.end)  # type: ignore[assignment]
            offset = self._skip(comma or item.end)
        if self.strict and items and comma:
            raise Unparsable("there is a trailing comma, which this client cannot read", comma - 1)
        return Node(start, offset + 1, items)

    def _comma(self, offset: int) -> int | None:
        at = self._skip(offset)
        return at + 1 if self.text[at : at + 1] == "," else None

    def _closes(self, offset: int, bracket: str) -> bool:
        if offset >= len(self.text):
            raise Unparsable(f"the file ends before `{bracket}`", offset)
        return self.text[offset] == bracket

    @staticmethod
    def _check_separated(comma: int | None, offset: int) -> None:
        if comma is None:
            raise Unparsable("a comma is missing", offset)
