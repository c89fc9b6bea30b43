"""Watches the open project and the documentation on disk and tells subscribers which resources changed."""

from collections.abc import AsyncIterator, Iterable
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


class Watcher:
    """Starts watching a project once, when the first client shows interest in it."""

    def __init__(self, subscribers: Subscribers, tasks: anyio.abc.TaskGroup) -> None:
        self._subscribers = subscribers
        self._tasks = tasks
        self._watched: set[Path] = set()
        self._stop = anyio.Event()

    def stop(self) -> None:
        """End watching; the threads that wait for changes return at once."""
        self._stop.set()

    async def watch(self, root: Path | None) -> None:
        """Watch the documentation and, where there is one, a project. Edits made after the return are seen."""
        docs = assets.docs_corpus()
        if docs.is_dir() and docs not in self._watched:
            self._watched.add(docs)
            self._tasks.start_soon(self._follow_docs, docs)
        if root is not None and root not in self._watched:
            self._watched.add(root)
            self._tasks.start_soon(self._follow_project, root, self._changes(root, recursive=False))
            self._tasks.start_soon(self._follow_project, root, self._changes(root / "quickback"))
        await anyio.lowlevel.checkpoint()

    async def _follow_docs(self, folder: Path) -> None:
        async for paths in self._changes(folder):
            forget_docs()
            await self._subscribers.list_changed()
            for path in paths:
                await self._subscribers.updated(f"{DOCS}{path.relative_to(folder).as_posix().removesuffix('.md')}")

    async def _follow_project(self, root: Path, changes: AsyncIterator[list[Path]]) -> None:
        names = _feature_names(root)
        async for paths in changes:
            for uri in resources_of(path.relative_to(root).as_posix() for path in paths):
                await self._subscribers.updated(uri)
            before, names = names, _feature_names(root)
            if names != before:
                await self._subscribers.list_changed()

    async def _changes(self, folder: Path, *, recursive: bool = True) -> AsyncIterator[list[Path]]:
        """Bursts of changed paths below a folder."""
        from watchfiles import awatch  # noqa: PLC0415 - a native module that no first answer waits for

        found = awatch(
            folder,
            recursive=recursive,
            step=STEP_MS,
            debounce=LONGEST_WAIT_MS,
            stop_event=self._stop,
            ignore_permission_denied=True,
        )
        async for changes in found:
            yield sorted(Path(path) for _, path in changes)


def _feature_names(root: Path) -> tuple[list[str], bool]:
    """What the list of resources depends on."""
    return [feature.name for feature in list_features(root)], (root / REGISTRY).is_file()


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
