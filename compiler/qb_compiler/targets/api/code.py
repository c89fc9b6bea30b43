"""Prints TypeScript data as a formatter would: on one line where it fits, else one entry a line."""

import json
import re
from typing import TypeAlias

from qb_compiler.model.literal import Json
from qb_compiler.model.record import record

WIDTH = 120
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")


@record
class Group:
    """`open`, entries separated by commas, `close`. `spaced` puts spaces inside the brackets when on one line."""

    open: str
    items: tuple["Code", ...]
    close: str
    spaced: bool = False
    broken: bool = False


@record
class Entry:
    """`key: value` of an object; the key alone where a variable of its name is the value."""

    key: str
    value: "Code"


Code: TypeAlias = str | Group | Entry


def text(value: str) -> str:
    """A string literal; in double quotes, unless single ones need fewer escapes."""
    quoted = json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if value.count('"') <= value.count("'"):
        return quoted
    return "'" + quoted[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def key(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else text(name)


def is_identifier(name: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(name))


def member(of: str, name: str) -> str:
    """`of.name`, or `of["na-me"]` where a dot cannot be used."""
    return f"{of}.{name}" if is_identifier(name) else f"{of}[{text(name)}]"


def array(items: list[Code]) -> Group:
    """Arrays of several compound entries always stand one entry a line."""
    compound = len(items) > 1 and all(isinstance(item, Group) and len(item.items) > 1 for item in items)
    return Group("[", tuple(items), "]", broken=compound and len({item.open for item in items}) == 1)  # type: ignore[union-attr]


def strings(values: tuple[str, ...] | list[str]) -> Group:
    return array([text(value) for value in values])


def object_(entries: list[tuple[str, Code]]) -> Group:
    return Group("{", tuple(Entry(key(name), value) for name, value in entries), "}", spaced=True)


def wrapped(before: str, inner: Group, after: str) -> Group:
    """A call whose only argument is `inner`: the brackets stay together."""
    return Group(before + inner.open, inner.items, inner.close + after, inner.spaced, inner.broken)


def set_of(values: tuple[str, ...] | list[str]) -> Code:
    return wrapped("new Set(", strings(values), ")") if values else "new Set()"


def map_of(entries: list[tuple[str, Code]], types: str = "") -> Code:
    pairs = array([array([text(name), value]) for name, value in entries])
    return wrapped(f"new Map{types}(", pairs, ")") if entries else f"new Map{types}()"


def literal(value: Json) -> Code:
    """Plain data as code."""
    if isinstance(value, str):
        return text(value)
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, dict):
        return object_([(name, literal(item)) for name, item in value.items()])
    return array([literal(item) for item in value])


def flat(code: Code) -> str:
    """The code on one line."""
    if isinstance(code, str):
        return code
    if isinstance(code, Entry):
        value = flat(code.value)
        return value if value == code.key else f"{code.key}: {value}"
    inner = ", ".join(flat(item) for item in code.items)
    pad = " " if code.spaced and inner else ""
    return f"{code.open}{pad}{inner}{pad}{code.close}"


def layout(before: str, code: Code, after: str = "", indent: int = 0) -> str:
    """`before code after` from column `indent`; entries that do not fit go one a line, two columns further in."""
    line = f"{before}{flat(code)}{after}"
    if not _must_break(code) and indent + len(line) <= WIDTH:
        return line
    if isinstance(code, Entry):
        return layout(f"{before}{code.key}: ", code.value, after, indent)
    if isinstance(code, str) or not code.items:
        return line
    inner = "".join(f"{' ' * (indent + 2)}{layout('', item, ',', indent + 2)}\n" for item in code.items)
    return f"{before}{code.open}\n{inner}{' ' * indent}{code.close}{after}"


def arrow(before: str, body: Code, after: str, indent: int) -> str:
    """`before => body after`; a body that does not fit beside the arrow gets its own line."""
    line = f"{before} => {flat(body)}{after}"
    if indent + len(line) <= WIDTH:
        return line
    inner = indent + 2
    return f"{before} =>\n{' ' * inner}{layout('', body, after, inner)}"


def arrow_line(line: str) -> str:
    """A call whose last argument is an arrow function: where it is too long, the function's body gets its own line."""
    if len(line) <= WIDTH:
        return line
    indent = " " * (len(line) - len(line.lstrip()))
    head, _, body = line.rpartition(" => ")
    return f"{head} =>\n{indent}  {body.removesuffix(');')},\n{indent});"


def choice_line(line: str) -> str:
    """`a ? b : c`; where it is too long, each alternative gets its own line."""
    if len(line) <= WIDTH:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return line.replace(" ? ", f"\n{indent}? ").replace(" : ", f"\n{indent}: ")


def chain_line(line: str, calls: tuple[str, ...]) -> str:
    """A chain of calls; where it is too long, each call gets its own line."""
    whole = line + "".join(calls)
    if len(whole) <= WIDTH:
        return whole
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return line + "".join(f"\n{indent}{call}" for call in calls)


def _must_break(code: Code) -> bool:
    if isinstance(code, Entry):
        return _must_break(code.value)
    return isinstance(code, Group) and (code.broken or any(_must_break(item) for item in code.items))
