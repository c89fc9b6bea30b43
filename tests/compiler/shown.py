"""A part of the model as text: what differs from the defaults, one line a value, without places."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum

from qb_compiler.model.carried import Carried, CarriedModule
from qb_compiler.model.project import Project
from qb_compiler.span import SourceFile, Span

HIDDEN = frozenset({"span", "written", "mentions", "places", "file"})


def shown(project: Project, part: str) -> str:
    """`masking` of the first table, `config.auth`, `feature.internal`, `resource` …"""
    head, *path = part.split(".")
    first = {"config": project.config, "project": project, "feature": project.features[0]}
    value: object = first.get(head) or project.resources[0]
    if head not in {*first, "resource"}:
        value = getattr(value, head)
    for name in path:
        value = value[int(name)] if name.isdigit() else getattr(value, name)  # type: ignore[index]
    return "".join(f"{line}\n" for line in lines(value))


def lines(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from bullet(item)
    elif isinstance(value, CarriedModule):
        yield " -> ".join((value.file.path, *value.imports))
    elif is_dataclass(value) and not isinstance(value, Carried | SourceFile):
        for field in told(value):
            yield from labelled(field.name, getattr(value, field.name))
    else:
        yield atom(value)


def told(value: object) -> list[Field[object]]:
    """The fields that say something."""
    return [field for field in fields(value) if field.name not in HIDDEN and not is_default(field, value)]  # type: ignore[arg-type]


def is_default(field: Field[object], value: object) -> bool:
    held = getattr(value, field.name)
    if isinstance(held, Span | SourceFile):
        return True
    return field.default is not MISSING and held == field.default


def labelled(name: str, value: object) -> Iterator[str]:
    if is_flat(value):
        yield f"{name}: {atom(value)}"
        return
    yield f"{name}:"
    yield from (f"  {line}" for line in lines(value))


def bullet(value: object) -> Iterator[str]:
    first, *rest = list(lines(value)) or [""]
    yield f"- {first}"
    yield from (f"  {line}" for line in rest)


def is_flat(value: object) -> bool:
    if isinstance(value, tuple):
        return all(is_flat(item) and not isinstance(item, Carried) for item in value)
    return not is_dataclass(value) or isinstance(value, Carried | SourceFile)


def atom(value: object) -> str:
    if isinstance(value, SourceFile):
        return value.path
    if isinstance(value, Carried):
        return " ".join(value.text.split())
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return f"[{', '.join(atom(item) for item in value)}]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
