"""Watches the open project and the documentation on disk and tells subscribers which resources changed."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing
from pathlib import Path

import anyio
import anyio.abc
import anyio.lowlevel

from qb_mcp import assets
from qb_mcp.operations.find_project import CONFIG as CONFIG_FILE
from qb_mcp.operations.list_features import FEATURES, list_features
from qb_mcp.operations.read_doc import forget_docs
from qb_mcp.operations.read_schema_registry import REGISTRY
from qb_mcp.server.resources import CONFIG, DOCS, FEATURE, REGISTRY_URI
from qb_mcp.server.subscribers import Subscribers

STEP_MS = 50
LONGEST_WAIT_MS = 250
"""A burst of edits is one change; what does not come to rest is told after this time all the same."""
PATIENCE_MS = 5_000
"""How long a folder may be another one of the same name (a newer installation) before that is noticed."""


class Watcher:
    """Starts watching a project once, when the first client shows interest in it."""

    def __init__(self, subscribers: Subscribers, tasks: anyio.abc.TaskGroup) -> None:
        self._subscribers = subscribers
        self._tasks = tasks
        self._watched: set[Path] = set()
        self._looks: dict[Path, anyio.Event] = {}
        """By folder: set to look at once whether it is still the same."""

    def stop(self) -> None:
        """End watching; the threads that wait for changes return at once."""
        for look in self._looks.values():
            look.set()

    async def watch(self, root: Path | None) -> None:
        """Watch the documentation and, where there is one, a project. Edits made after the return are seen."""
        docs = assets.docs_corpus()
        if docs.is_dir() and docs not in self._watched:
            self._watched.add(docs)
            self._tasks.start_soon(self._follow_docs, docs)
        if root is not None and root not in self._watched:
            self._watched.add(root)
            self._tasks.start_soon(self._follow_root, root)
            self._tasks.start_soon(self._follow_definitions, root)
        await anyio.lowlevel.checkpoint()

    async def _follow_docs(self, folder: Path) -> None:
        async for paths in self._changes(folder):
            forget_docs()
            await self._subscribers.list_changed()
            for path in paths or sorted(folder.rglob("*.md")):
                if path.suffix == ".md":
                    await self._subscribers.updated(f"{DOCS}{path.relative_to(folder).with_suffix('').as_posix()}")

    async def _follow_root(self, root: Path) -> None:
        """What lies beside the definitions, and whether their folder is a new one."""
        there = _has_registry(root)
        async for paths in self._changes(root, recursive=False):
            definitions = root / "quickback"
            if definitions in paths and definitions in self._looks:
                self._looks[definitions].set()
            before, there = there, _has_registry(root)
            await self._tell(root, [path for path in paths if path != definitions], there != before)

    async def _follow_definitions(self, root: Path) -> None:
        """Telling goes on beside it: who hears that the folder is a new one may edit it at once, and it is watched."""
        names = _feature_names(root)
        async for paths in self._changes(root / "quickback"):
            before, names = names, _feature_names(root)
            told = paths or [root / CONFIG_FILE, *(root / FEATURES / name / "*" for name in names)]
            self._tasks.start_soon(self._tell, root, told, names != before)

    async def _tell(self, root: Path, paths: Iterable[Path], list_changed: bool) -> None:
        for uri in resources_of(path.relative_to(root).as_posix() for path in paths):
            await self._subscribers.updated(uri)
        if list_changed:
            await self._subscribers.list_changed()

    async def _changes(self, folder: Path, *, recursive: bool = True) -> AsyncIterator[list[Path]]:
        """Bursts of changed paths below a folder; an empty one when another folder of its name took its place."""
        known = _identity(folder)
        while True:
            look = self._looks[folder] = anyio.Event()
            async with aclosing(self._bursts(folder, recursive, look)) as bursts:
                async for paths in bursts:
                    if paths:
                        yield paths
                    if _identity(folder) != known:
                        break
            before, known = known, _identity(folder)
            if known != before:
                yield []

    async def _bursts(self, folder: Path, recursive: bool, look: anyio.Event) -> AsyncGenerator[list[Path]]:
        """Bursts of changed paths, and empty ones from time to time; the end when it is time to look."""
        from watchfiles import awatch  # noqa: PLC0415 - a native module that no first answer waits for

        if _identity(folder) is None:
            with anyio.move_on_after(PATIENCE_MS / 1000):
                await look.wait()
            return
        found = awatch(
            folder,
            recursive=recursive,
            step=STEP_MS,
            debounce=LONGEST_WAIT_MS,
            stop_event=look,
            rust_timeout=PATIENCE_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        with contextlib.suppress(FileNotFoundError):  # it went away this very moment
            async for changes in found:
                yield sorted(Path(path) for _, path in changes)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one of the same name; None where there is none."""
    try:
        facts = folder.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _feature_names(root: Path) -> list[str]:
    return [feature.name for feature in list_features(root)]


def _has_registry(root: Path) -> bool:
    return (root / REGISTRY).is_file()


def resources_of(paths: Iterable[str]) -> list[str]:
    """The resources that changed with these paths of a project, each once."""
    return list(dict.fromkeys(uri for path in paths if (uri := _resource(path))))


def _resource(path: str) -> str | None:
    if path == CONFIG_FILE.as_posix():
        return CONFIG
    if path == REGISTRY:
        return REGISTRY_URI
    feature, _, rest = path.removeprefix(f"{FEATURES}/").partition("/")
    return f"{FEATURE}{feature}" if rest and path.startswith(f"{FEATURES}/") else None
