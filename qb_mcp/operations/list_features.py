"""The features of a project and their files, found by name alone: it works while the project is broken."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qb_mcp.operations.project_files import file_names, folder_names

FEATURES = "quickback/features"
Kind = Literal["table", "actions", "handler", "page", "other"]
_PLAIN = re.compile(r"[\w.$@+-]{1,80}", re.ASCII)
_FOLDER_KINDS: tuple[tuple[str, Kind], ...] = (("handlers", "handler"), ("pages", "page"))


@dataclass(frozen=True, slots=True)
class FeatureFile:
    """A source file of a feature. `name` is relative to the feature's folder, `path` to the project's root."""

    name: str
    path: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Feature:
    name: str
    files: tuple[FeatureFile, ...]

    def names(self, kind: Kind) -> tuple[str, ...]:
        """File names of one kind, without the extension."""
        return tuple(file.name.removesuffix(".ts") for file in self.files if file.kind == kind)


def list_features(root: Path) -> tuple[Feature, ...]:
    """Every feature by name: table files first, then actions, handlers and pages. A name that could pass for words to
    an assistant, or hides characters, is no name of a feature."""
    names = [name for name in folder_names(root, FEATURES) if _PLAIN.fullmatch(name)]
    return tuple(Feature(name, _files(root, f"{FEATURES}/{name}")) for name in names)


def _files(root: Path, folder: str) -> tuple[FeatureFile, ...]:
    top = [FeatureFile(name, f"{folder}/{name}", _kind(name)) for name in file_names(root, folder) if _is_source(name)]
    below = [
        FeatureFile(f"{sub}/{name}", f"{folder}/{sub}/{name}", kind)
        for sub, kind in _FOLDER_KINDS
        for name in file_names(root, f"{folder}/{sub}")
        if _is_source(name)
    ]
    order: tuple[Kind, ...] = ("table", "actions", "handler", "page", "other")
    return tuple(sorted([*top, *below], key=lambda file: (order.index(file.kind), file.name)))


def _is_source(name: str) -> bool:
    return (
        _PLAIN.fullmatch(name) is not None
        and name.endswith(".ts")
        and not name.endswith((".d.ts", ".test.ts", ".spec.ts"))
    )


def _kind(name: str) -> Kind:
    if name == "actions.ts" or name.endswith(".actions.ts"):
        return "actions"
    return "other" if name == "index.ts" else "table"
