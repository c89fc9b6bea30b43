"""Reads `paths` and `baseUrl` from `tsconfig.json`, which is JSON with comments and may extend another file."""

import json
import posixpath
import re
from collections.abc import Callable

from qb_compiler.model.literal import Json
from qb_compiler.source.specifiers import PathAliases

COMMENTS = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)')
TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])')
MOST_EXTENDS = 8


class Unusable(Exception):
    """The file is not what TypeScript expects; the message says why. Caught by `project.py`."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


def parse_jsonc(text: str) -> Json:
    """JSON with comments and trailing commas."""
    plain = COMMENTS.sub(lambda found: found[1] or " ", text)
    data: Json = json.loads(TRAILING_COMMA.sub(lambda found: found[1] or "", plain))
    return data


def read_aliases(path: str, read: Callable[[str], str | None]) -> PathAliases:
    """The aliases of the tsconfig at `path`; what it does not set comes from the file that it extends."""
    aliases = PathAliases()
    waiting, seen = [path], 0
    while waiting and seen < MOST_EXTENDS:
        current = waiting.pop()
        seen += 1
        text = read(current)
        if text is None:
            continue
        data = _object(current, text)
        own = _own_aliases(current, data)
        base = own.base if aliases.base is None else aliases.base
        aliases = PathAliases(aliases.patterns or own.patterns, base)
        waiting.extend(_extended(current, data.get("extends")))
    return aliases


def _object(path: str, text: str) -> dict[str, Json]:
    try:
        data = parse_jsonc(text)
    except (ValueError, RecursionError) as error:
        raise Unusable(path, "it is not valid JSON with comments") from error
    if not isinstance(data, dict):
        raise Unusable(path, "it is not an object")
    return data


def _extended(path: str, extends: Json) -> list[str]:
    """Only files of the project are followed; what a package offers sets no aliases for a project."""
    names = extends if isinstance(extends, list) else [extends]
    folder = posixpath.dirname(path)
    found = []
    for name in names:
        if isinstance(name, str) and name.startswith("."):
            target = posixpath.normpath(posixpath.join(folder, name))
            found.append(target if target.endswith(".json") else f"{target}.json")
    return [target for target in found if not target.startswith("..")]


def _own_aliases(path: str, data: dict[str, Json]) -> PathAliases:
    options = data.get("compilerOptions", {})
    if not isinstance(options, dict):
        raise Unusable(path, "`compilerOptions` is not an object")
    folder = posixpath.dirname(path)
    base_url = options.get("baseUrl")
    base = posixpath.normpath(posixpath.join(folder, base_url)) if isinstance(base_url, str) else None
    patterns = options.get("paths", {})
    if not isinstance(patterns, dict):
        raise Unusable(path, "`paths` is not an object")
    start = folder if base is None else base
    return PathAliases(tuple((pattern, _targets(path, start, value)) for pattern, value in patterns.items()), base)


def _targets(path: str, folder: str, value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(target, str) for target in value):
        raise Unusable(path, "a value of `paths` is not an array of strings")
    return tuple(posixpath.normpath(posixpath.join(folder, str(target))) for target in value)
