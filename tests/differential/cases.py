"""Cases as JSON: one definition, its rows, one request. What failed once is kept in `cases/` and replayed for ever."""

import dataclasses
import json
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType

from model.definition import Input, Json, Project, Raw, Request, Row

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """`why` says which sentence of the specification decides it."""

    why: str
    project: Project
    rows: Mapping[str, list[Row]]
    request: Request


def save(case: Case, path: Path) -> None:
    """Writes a case, without what is as by default."""
    path.write_text(json.dumps(_plain(case), indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: Path) -> Case:
    """Reads a case."""
    found = _built(Case, json.loads(path.read_text(encoding="utf-8")))
    assert isinstance(found, Case)
    return found


def renumbered(case: Case, number: int) -> Case:
    """The case with its own number in every table and feature, so that many cases fit into one project."""
    tables = case.project.tables
    features = [tools.feature for tools in case.project.tools]
    named = [*features, *(name for table in tables for name in (table.name, table.route, table.feature))]
    names = {re.sub(r"\d+$", "", name) for name in named}
    numbered = rf"\b({'|'.join(sorted(names, key=len, reverse=True))})\d+"
    text = re.sub(numbered, rf"\g<1>{number}", json.dumps(_plain(case)))
    found = _built(Case, json.loads(text))
    assert isinstance(found, Case)
    return found


def _plain(value: object) -> Json:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        plain = {name: _plain(held) for name, held in fields.items() if held != _default(value, name)}
        return {"": type(value).__name__, **plain} if isinstance(value, Raw | Input) else plain
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    assert value is None or isinstance(value, bool | int | float | str)
    return value


def _default(value: object, name: str) -> object:
    field = next(field for field in dataclasses.fields(value) if field.name == name)  # type: ignore[arg-type]
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _built(kind: object, plain: object) -> object:
    """A value of a type from its plain form."""
    if isinstance(plain, dict) and "" in plain:
        return Raw(plain["text"]) if plain[""] == "Raw" else Input(plain["name"])
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and isinstance(plain, dict):
        kinds = typing.get_type_hints(kind)
        return kind(**{name: _built(kinds[name], held) for name, held in plain.items()})
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and isinstance(plain, list):
        inner = arguments if len(arguments) == len(plain) and ... not in arguments else (arguments[0],) * len(plain)
        return tuple(_built(one, held) for one, held in zip(inner, plain, strict=True))
    if origin is list and isinstance(plain, list):
        return [_built(arguments[0], held) for held in plain]
    if isinstance(plain, dict) and origin not in (None, typing.Union, UnionType) and len(arguments) == 2:
        return {name: _built(arguments[1], held) for name, held in plain.items()}
    if origin in (typing.Union, UnionType):
        return _one_of(arguments, plain)
    return plain


def _one_of(kinds: tuple[object, ...], plain: object) -> object:
    known = [kind for kind in kinds if dataclasses.is_dataclass(kind) and kind not in (Raw, Input)]
    return _built(known[0], plain) if known and isinstance(plain, dict) else plain
