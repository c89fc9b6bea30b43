"""The whole registry, with a time that changes only when something else does."""

import json
from importlib.metadata import version

from qb_compiler.model.literal import Json
from qb_compiler.model.project import Feature, Project
from qb_compiler.targets.registry.resource import action_meta, internal_meta, resource_meta

PATH = "schema-registry.json"


def file_names(feature: Feature) -> list[str]:
    """Table files by name, then `actions.ts`."""
    names = sorted({file.path.rpartition("/")[2] for file in feature.files})
    return [*(name for name in names if name != "actions.ts"), *(name for name in names if name == "actions.ts")]


def table_metas(project: Project) -> dict[str, dict[str, Json]]:
    resources = {resource.key: resource_meta(resource) for resource in project.resources}
    internal = {item.key: internal_meta(item) for feature in project.features for item in feature.internal}
    return dict(sorted({**resources, **internal}.items()))


def registry(project: Project) -> dict[str, Json]:
    """Everything but the time."""
    tableless = {f.name: [action_meta(action) for action in f.actions] for f in project.features if f.actions}
    return {
        "generatedBy": "quickback-compiler",
        "version": version("quickback"),
        "features": {feature.name: file_names(feature) for feature in project.features},
        "tables": table_metas(project),
        "tablesByFeature": {
            feature.name: [item.key for item in (*feature.resources, *feature.internal)] for feature in project.features
        },
        **({"actionsByFeature": tableless} if tableless else {}),
    }


def kept_time(content: dict[str, Json], previous: str | None) -> str | None:
    """The time of the previous file, if that is otherwise the same."""
    try:
        before = json.loads(previous) if previous else None
    except ValueError:
        return None
    if not isinstance(before, dict):
        return None
    time = before.pop("generatedAt", None)
    return time if before == content and isinstance(time, str) else None


def emit_registry(project: Project, previous: str | None, now: str) -> str:
    """The text of `schema-registry.json`; `now` is an ISO time, used only if something changed."""
    content = registry(project)
    time = kept_time(content, previous) or now
    return json.dumps({"generatedAt": time, **content}, indent=2, ensure_ascii=False) + "\n"
