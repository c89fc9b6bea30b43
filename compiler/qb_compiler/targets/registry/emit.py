"""The whole registry, with a time that changes only when something else does."""

import re
from functools import partial

from qb_compiler.model.literal import Json
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.model.version import compiler_version
from qb_compiler.targets.json_text import Printed, entry, printed
from qb_compiler.targets.prior import Prior
from qb_compiler.targets.registry.resource import action_meta, internal_meta, resource_meta

PATH = "schema-registry.json"
_TIME = re.compile(r'\A\{\n  "generatedAt": "([^"\n]*)",\n')


def file_names(feature: Feature) -> list[str]:
    """Table files by name, then `actions.ts`."""
    names = sorted({file.path.rpartition("/")[2] for file in feature.files})
    return [*(name for name in names if name != "actions.ts"), *(name for name in names if name == "actions.ts")]


def emit_registry(project: Project, prior: Prior) -> str:
    """The text of `schema-registry.json`."""
    previous, body = prior.text(PATH) or "", _body(project, prior.memory)
    made = _TIME.match(previous)
    if made and previous[made.end() :] == body:
        return previous
    return f'{{\n  "generatedAt": "{prior.now}",\n{body}'


def _body(project: Project, memory: Memory) -> str:
    """Everything after the time."""
    tableless = {f.name: [action_meta(action) for action in f.actions] for f in project.features if f.actions}
    return (
        printed(
            {
                "generatedBy": "quickback-compiler",
                "version": compiler_version(),
                "features": {feature.name: file_names(feature) for feature in project.features},
                "tables": dict(sorted(_tables(project, memory).items())),
                "tablesByFeature": {
                    feature.name: [item.key for item in feature.tables] for feature in project.features
                },
                **({"actionsByFeature": tableless} if tableless else {}),
            }
        ).removeprefix("{\n")
        + "\n"
    )


def _tables(project: Project, memory: Memory) -> dict[str, Json]:
    found: list[Resource | InternalTable] = []
    for feature in project.features:
        found += (*feature.internal, *feature.resources)
    return {item.key: memory.recall("registry", item.key, (item,), partial(_table, item)) for item in found}


def _table(item: Resource | InternalTable) -> Printed:
    return entry(resource_meta(item) if isinstance(item, Resource) else internal_meta(item))
