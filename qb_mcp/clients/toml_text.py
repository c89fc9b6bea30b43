"""Puts one table into TOML text, or takes it out, by whole lines: comments and spacing of everything else stay.

A new table is appended, which is right in any TOML document; an existing one is the lines from its header to the last
line that says something before the next header.
"""

import re
import tomllib
from collections.abc import Mapping

from qb_mcp.clients.json_value import Json, compact
from qb_mcp.clients.jsonc_reader import Unparsable

_HEADER = re.compile(r"^\s*\[(?!\[)\s*(?P<keys>[^\]]+?)\s*\]\s*(?:#.*)?$")
_ANY_HEADER = re.compile(r"^\s*\[")
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([A-Za-z0-9_-]+)')
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTES = re.compile(r'"""|\'\'\'')


def read(text: str) -> Mapping[str, Json]:
    """The document's data."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Unparsable(str(error), 0) from error


def put(text: str, path: tuple[str, ...], value: Json) -> str:
    """The text with the table at the path: in the place of the old one, else at the end."""
    before = read(text)
    if _at(before, path) == value:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline.join(_table(path, value)) + newline
    if _at(before, path) is None:
        edited = _separated(text, newline) + block
    else:
        start, end = _span(text, path)
        edited = text[:start] + block + text[end:]
    _check_rest(before, edited, path)
    return edited


def drop(text: str, path: tuple[str, ...], *, created: int = 0) -> str:
    """The text without the table at the path; `created` is for formats whose holders are written out."""
    before = read(text)
    if _at(before, path) is None:
        return text
    start, end = _span(text, path)
    edited = text[:start] + text[end:]
    _check_rest(before, edited, path)
    return edited


def _table(path: tuple[str, ...], value: Json) -> list[str]:
    """The lines of a table; nested objects become tables of their own, after it."""
    if not isinstance(value, Mapping):
        raise Unparsable("a table is expected", 0)
    plain = [f"{_key(key)} = {compact(item)}" for key, item in value.items() if not isinstance(item, Mapping)]
    lines = [f"[{'.'.join(_key(key) for key in path)}]", *plain]
    for key, item in value.items():
        if isinstance(item, Mapping):
            lines += ["", *_table((*path, key), item)]
    return lines


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else compact(key)


def _separated(text: str, newline: str) -> str:
    if not text.strip("\ufeff \t\r\n"):
        return text
    return text.rstrip("\r\n") + newline * 2 if not text.endswith("\n") else text + newline


def _span(text: str, path: tuple[str, ...]) -> tuple[int, int]:
    """From the header of the table to the end of its last line, its sub-tables included."""
    offset, start, end, ours, inside = 0, None, 0, False, False
    for line in text.splitlines(keepends=True):
        header = None if inside else _ANY_HEADER.match(line)
        if header:
            ours = _header_keys(line)[: len(path)] == path
        if ours and start is None:
            start = offset
        offset += len(line)
        if ours and line.strip() and not line.lstrip().startswith("#"):
            end = offset
        inside ^= len(_QUOTES.findall(line)) % 2 == 1
    if start is None:
        raise Unparsable(f"`{'.'.join(path)}` is not written as a table of its own", 0)
    return start, end


def _header_keys(line: str) -> tuple[str, ...]:
    found = _HEADER.match(line.lstrip("\ufeff").rstrip("\r\n"))
    if not found:
        return ()
    return tuple(a or b or c for a, b, c in _KEY.findall(found.group("keys")))


def _at(value: Json, path: tuple[str, ...]) -> Json:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _check_rest(before: Json, edited: str, path: tuple[str, ...]) -> None:
    """Refuse to return an edit that changed anything but the table."""
    if _without(before, path) != _without(read(edited), path):
        raise Unparsable("the edit would change other settings", 0)


def _without(value: Json, path: tuple[str, ...]) -> Json:
    if not isinstance(value, Mapping):
        return value
    rest: dict[str, Json] = {key: item for key, item in value.items() if key != path[0]}
    if len(path) > 1 and (inner := _without(value.get(path[0]), path[1:])):
        rest[path[0]] = inner
    return rest
