"""Finds a project and reads its definitions: the config, each feature, services, and what they import from the project.

Three layouts are read: `quickback/features/<feature>/`, and the older `quickback/definitions/features/<feature>/` and
`definitions/features/<feature>/`.
"""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.source.disk import Disk, place
from qb_compiler.source.problems import ConfigMissing, NotAFile, TsconfigInvalid
from qb_compiler.source.sources import FeatureFolder, Sources
from qb_compiler.source.specifiers import PathAliases, is_data, is_source, resolve
from qb_compiler.source.tsconfig import Unusable, read_aliases
from qb_compiler.span import SourceFile

CONFIG_NAMES = tuple(f"quickback.config{extension}" for extension in (".ts", ".mts", ".js", ".mjs"))
FEATURE_ROOTS = ("quickback/features", "quickback/definitions/features", "definitions/features")
SERVICE_ROOTS = (
    "quickback/services",
    "services/realtime",
    "services/queues",
    "services/embeddings",
    "services/schedules",
)
TSCONFIGS = ("quickback/tsconfig.json", "tsconfig.json")
TEST_FILE = re.compile(r"\.(test|spec|bench)\.[mc]?[jt]sx?$")
SPECIFIER = re.compile(r"""\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]+)\1""")


def find_project(start: Path) -> Path | None:
    """The folder that holds `quickback/quickback.config.ts`, at `start` or above it."""
    here = start.absolute()
    for folder in (here, *here.parents):
        if any((folder / "quickback" / name).is_file() for name in CONFIG_NAMES):
            return folder
        if any((folder / name).is_file() for name in CONFIG_NAMES):
            return folder.parent if folder.name == "quickback" else folder
    return None


def read_sources(
    root: Path, problems: Problems, overlay: Mapping[str, str] | None = None, memory: Memory | None = None
) -> Sources:
    """Reads every definition of the project at `root`; `overlay` replaces texts by project-relative path."""
    disk = Disk(root.absolute(), problems, overlay or {}, memory or NoMemory())
    config = _read_config(disk)
    features = _read_features(disk)
    services = _read_all(disk, [path for folder in SERVICE_ROOTS for path in disk.walk(folder)])
    aliases = _read_aliases(disk)
    data = _follow_imports(disk, aliases)
    files = {path: disk.files[path] for path in sorted(disk.files) if is_source(path) or path in data}
    return Sources(disk.root, config, features, services, files, aliases, frozenset(disk.refused))


def _read_config(disk: Disk) -> SourceFile | None:
    for folder in ("quickback/", ""):
        for name in CONFIG_NAMES:
            path = folder + name
            if disk.exists(path):
                return disk.read(path)
            if (disk.root / path).is_dir():
                disk.refuse(path, NotAFile(place(path), path, "a folder"))
    disk.problems.report(ConfigMissing(None))
    return None


def _read_features(disk: Disk) -> tuple[FeatureFolder, ...]:
    paths: dict[str, list[tuple[str, ...]]] = {}
    for folder in FEATURE_ROOTS:
        for path in disk.walk(folder):
            inside = path[len(folder) + 1 :].split("/")
            if len(inside) > 1 and not TEST_FILE.search(path):
                paths.setdefault(inside[0], []).append((folder, *inside))
    return tuple(_read_feature(disk, name, paths[name]) for name in sorted(paths))


def _read_feature(disk: Disk, name: str, paths: list[tuple[str, ...]]) -> FeatureFolder:
    """Sorts the files of a feature by what their place says they are."""
    rooms: dict[str, list[str]] = {"tables": [], "actions": [], "handlers": [], "pages": [], "other": []}
    for folder, feature, *inside in paths:
        rooms[_room(inside)].append("/".join((folder, feature, *inside)))
    actions = _read_all(disk, rooms["actions"])
    return FeatureFolder(
        name,
        _read_all(disk, rooms["tables"]),
        actions[0] if actions else None,
        _read_all(disk, rooms["handlers"]),
        _read_all(disk, rooms["pages"]),
        (*_read_all(disk, rooms["other"]), *actions[1:]),
    )


def _room(inside: list[str]) -> str:
    stem = inside[0].split(".")[0]
    if len(inside) > 1:
        return inside[0] if inside[0] in {"handlers", "pages"} else "other"
    if stem == "index":
        return "other"
    return "actions" if stem == "actions" else "tables"


def _read_all(disk: Disk, paths: list[str]) -> tuple[SourceFile, ...]:
    read = (disk.read(path) for path in paths if is_source(path))
    return tuple(file for file in read if file)


def _read_aliases(disk: Disk) -> PathAliases:
    path = next((path for path in TSCONFIGS if disk.exists(path)), None)
    if path is None:
        return PathAliases()
    try:
        return read_aliases(path, lambda name: file.text if (file := disk.read(name)) else None)
    except Unusable as unusable:
        disk.problems.report(TsconfigInvalid(place(unusable.path), unusable.path, unusable.reason))
        return PathAliases()


def _follow_imports(disk: Disk, aliases: PathAliases) -> frozenset[str]:
    """Reads the project files that files already read import, and so on. Words in comments may read a file too many.

    Returns those that are data.
    """
    data: set[str] = set()
    waiting = [file for path, file in disk.files.items() if is_source(path)]
    while waiting:
        importer = waiting.pop()
        for specifier in disk.memory.recall("specifiers", importer.path, (importer,), partial(_specifiers, importer)):
            path = resolve(specifier, importer.path, aliases, disk.exists).path
            if path and is_data(path):
                data.update([path] if disk.read(path) else [])
            elif path and path not in disk.files and path not in disk.refused:
                file = disk.read(path)
                waiting.extend([file] if file else [])
    return frozenset(data)


def _specifiers(file: SourceFile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found[2] for found in SPECIFIER.finditer(file.text)))
