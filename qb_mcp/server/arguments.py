"""Reads a call's arguments: known aliases and near types are forgiven, all else is refused with what is valid."""

import json
from collections.abc import Mapping

from qb_mcp.errors import QbError
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.text import one_line
from qb_mcp.server.tool import Parameter, Tool, Value

LONGEST = 10_000
MOST_ITEMS = 200


def read_arguments(tool: Tool, given: Mapping[str, object] | None) -> dict[str, Value]:
    """The arguments by their canonical names; those left out (or null) are absent."""
    read: dict[str, Value] = {}
    for name, value in (given or {}).items():
        parameter = _parameter(tool, name)
        if value is not None and (parameter.name not in read or name == parameter.name):
            read[parameter.name] = _value(tool, parameter, value)
    for parameter in tool.parameters:
        if parameter.required and not str(read.get(parameter.name, "")).strip():
            raise QbError(f"`{parameter.name}` is missing", f"call {_signature(tool)}: {parameter.description}")
    return read


def _parameter(tool: Tool, name: str) -> Parameter:
    for parameter in tool.parameters:
        if name == parameter.name or name in parameter.aliases:
            return parameter
    near = nearest_names(name, [parameter.name for parameter in tool.parameters], 1)
    if near and near[0].replace("_", "") == name.lower().replace("_", "").replace("-", ""):
        return next(parameter for parameter in tool.parameters if parameter.name == near[0])
    raise QbError(f"{tool.name} has no argument `{one_line(name, 60)}`", f"call {_signature(tool)}")


def _signature(tool: Tool) -> str:
    names = [p.name if p.required else f"{p.name}?" for p in tool.parameters]
    return f"{tool.name}({', '.join(names)})"


def _value(tool: Tool, parameter: Parameter, value: object) -> Value:
    read = _READERS[parameter.kind](value)
    if read is None or (isinstance(read, str | tuple) and len(str(read)) > LONGEST):
        shown = one_line(repr(value), 60)
        raise QbError(f"`{parameter.name}` is {shown}, not {_EXPECTED[parameter.kind]}", f"call {_signature(tool)}")
    for part in read if isinstance(read, tuple) else (read,):
        if parameter.choices and part not in parameter.choices:
            valid = ", ".join(f"`{choice}`" for choice in parameter.choices)
            raise QbError(f"`{parameter.name}` is `{one_line(str(part), 60)}`", f"valid values: {valid}")
    return read


def _read_text(value: object) -> Value | None:
    match value:
        case str():
            return value
        case bool():
            return None
        case int() | float():
            return str(value)
        case [str() as only]:
            return only
        case _:
            return None


def _read_number(value: object) -> Value | None:
    match value:
        case bool():
            return None
        case int() if value >= 0:
            return value
        case float() if value.is_integer() and value >= 0:
            return int(value)
        case str() if value.strip().isascii() and value.strip().isdigit() and len(value) < 16:
            return int(value)
        case _:
            return None


def _read_flag(value: object) -> Value | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def _read_texts(value: object) -> Value | None:
    """An array of texts, also one that was sent as JSON or with commas in a text."""
    if isinstance(value, str):
        value = _listed(value)
    if not isinstance(value, list) or len(value) > MOST_ITEMS or not all(isinstance(item, str) for item in value):
        return None
    return tuple(item.strip() for item in value if item.strip())


def _listed(value: str) -> object:
    if not value.lstrip().startswith("["):
        return value.split(",")
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


_READERS = {"string": _read_text, "integer": _read_number, "boolean": _read_flag, "array": _read_texts}
_EXPECTED = {
    "string": "a text",
    "integer": "a whole number from 0",
    "boolean": "true or false",
    "array": "an array of texts",
}
