"""When a definition has changed: edits under `quickback/`, bursts taken as one, our own migrations left out.

The watcher runs in a thread of its own, so that edits made while a compile runs are not missed.
"""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import Change, watch

FOLDER = "quickback"
_STEP_MS, _LONGEST_MS = 50, 300
_POLL = 0.25
_SUFFIXES = (".ts", ".tsx", ".mts", ".json")
_OURS = (f"{FOLDER}/drizzle/", f"{FOLDER}/.claude/")


class Watcher:
    """Watches from `start` until `stop` is set."""

    def __init__(self, root: Path, stop: Event) -> None:
        self._root, self._stop = root.resolve(), stop
        self._batches: SimpleQueue[frozenset[str]] = SimpleQueue()

    def start(self) -> None:
        """Begin to watch; edits from now on are told by `bursts`."""
        Thread(target=self._watch, daemon=True).start()

    def bursts(self) -> Iterator[tuple[str, ...]]:
        """The project-relative paths of each burst of edits; what gathered meanwhile is one burst."""
        while not self._stop.is_set():
            try:
                paths = self._batches.get(timeout=_POLL)
            except Empty:
                continue
            while not self._batches.empty():
                paths |= self._batches.get()
            yield tuple(sorted(paths))

    def _watch(self) -> None:
        folder = self._root / FOLDER
        batches = watch(folder, watch_filter=self._counts, stop_event=self._stop, debounce=_LONGEST_MS, step=_STEP_MS)
        for batch in batches:
            self._batches.put(frozenset(self._relative(path) for _, path in batch))

    def _counts(self, _: Change, path: str) -> bool:
        relative = self._relative(path)
        return relative.endswith(_SUFFIXES) and not relative.startswith(_OURS) and "node_modules" not in relative

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix() if Path(path).is_relative_to(self._root) else path
