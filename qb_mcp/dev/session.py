"""One `quickback dev`: a compile now, and one after every burst of edits."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from qb_mcp.dev.watch import FOLDER, Watcher
from qb_mcp.errors import QbError
from qb_mcp.operations.compiling import Outcome, compiles

_MIGRATIONS = f"{FOLDER}/drizzle/"


@dataclass(frozen=True, slots=True)
class Round:
    """One compile: what set it off (nothing for the first), how it went, how long it took."""

    edited: tuple[str, ...]
    outcome: Outcome
    milliseconds: float

    @property
    def migrates(self) -> bool:
        """Whether a new migration was written."""
        return any(path.startswith(_MIGRATIONS) and path.endswith(".sql") for path in self.written)

    @property
    def written(self) -> tuple[str, ...]:
        """Paths that were created, updated or removed."""
        return tuple(
            path for kind, paths in self.outcome.changes if kind not in ("kept", "unchanged") for path in paths
        )


def rounds(root: Path, stop: Event, compile_now: Callable[[Path], Outcome] | None = None) -> Iterator[Round]:
    """Compile, then compile after each burst of edits, until stopped. Output is written whenever there is no error."""
    compile_now = compile_now or compiles()
    watcher = Watcher(root, stop)
    watcher.start()
    yield _round(root, (), compile_now)
    for edited in watcher.bursts():
        yield _round(root, edited, compile_now)


def _round(root: Path, edited: tuple[str, ...], compile_now: Callable[[Path], Outcome]) -> Round:
    if not (root / FOLDER).is_dir():
        raise QbError(f"`{root / FOLDER}` has gone", "bring it back, then start `quickback dev` again")
    started = time.perf_counter()
    outcome = compile_now(root)
    return Round(edited, outcome, (time.perf_counter() - started) * 1000)
