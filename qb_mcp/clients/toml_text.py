"""Puts one table into TOML text, or takes it out, with tomlkit: comments and spacing of everything else stay."""

import tomllib
from collections.abc import Mapping, MutableMapping

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Null, Table, Whitespace

from qb_mcp.clients.json_value import Json
from qb_mcp.clients.jsonc_reader import Unparsable

_BOM = "\ufeff"


def read(text: str) -> Mapping[str, Json]:
    """The document's data."""
    try:
        return tomllib.loads(text.removeprefix(_BOM).replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Unparsable(str(error), 0) from error


def put(text: str, path: tuple[str, ...], value: Json) -> str:
    """The text with the table at the path: in the place of the old one, else after its sisters or at the end."""
    before = read(text)
    if _at(before, path) == value:
        return text
    if not isinstance(value, Mapping):
        raise Unparsable("a table is expected", 0)
    newline = "\r\n" if "\r\n" in text else "\n"
    ended = text if not text or text.endswith("\n") else text + newline
    edited = _put(ended, path, value)
    if not edited.endswith(_table(value).as_string()):
        edited = _put(ended, path, value, blank="\n")
    edited = edited.replace("\r\n", "\n").replace("\n", newline)
    _check_rest(before, edited, path)
    return edited


def drop(text: str, path: tuple[str, ...], *, created: int = 0) -> str:
    """The text without the table at the path; `created` is for formats whose holders are written out."""
    before = read(text)
    if _at(before, path) is None:
        return text
    edited = _put(text, path, None)
    _check_rest(before, edited, path)
    return edited


def _put(text: str, path: tuple[str, ...], value: Mapping[str, Json] | None, blank: str = "") -> str:
    """tomlkit's work: the text with a table in its place, or without it. What stands after the table stays."""
    *holders, name = path
    try:
        document = tomlkit.parse(text.removeprefix(_BOM))
        holder: MutableMapping[str, object] = document
        for key in holders:
            holder.setdefault(key, tomlkit.table(is_super_table=True))
            holder = _as_table(holder[key], key)
        after = _trailing(holder.get(name)) or blank
        # A super table without members prints no header: what is left of a dropped table is what stood after it.
        table = tomlkit.table(is_super_table=True) if value is None else _table(value)
        holder[name] = table.add(Whitespace(after))
        return _BOM * text.startswith(_BOM) + tomlkit.dumps(document)
    except (TOMLKitError, ValueError) as error:
        raise Unparsable(f"`{'.'.join(path)}` cannot be edited: {error}", 0) from error


def _as_table(item: object, key: str) -> MutableMapping[str, object]:
    if not isinstance(item, MutableMapping):
        raise Unparsable(f"`{key}` holds something other than a table", 0)
    return item


def _trailing(item: object) -> str:
    """The comments at the end of a table, which a person may have written about what follows; else nothing."""
    trivia: list[str] = []
    for _, last in reversed(item.value.body if isinstance(item, Table) else ()):
        if isinstance(last, Table):
            return _trailing(last)
        if not isinstance(last, Comment | Whitespace | Null):
            break
        trivia.insert(0, last.as_string())
    return "".join(trivia) if any(line.strip() for line in trivia) else ""


def _table(value: Mapping[str, Json]) -> Table:
    """A table; objects in it become tables of their own, after its other members."""
    table = tomlkit.table()
    for key, item in sorted(value.items(), key=lambda member: isinstance(member[1], Mapping)):
        table.add(key, _table(item) if isinstance(item, Mapping) else item)
    return table


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
