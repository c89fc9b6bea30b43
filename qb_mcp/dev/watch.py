"""When a definition has changed: edits under `quickback/`, bursts taken as one, our own migrations left out."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

FOLDER = "quickback"
_STEP_MS, _LONGEST_MS = 50, 300
_SUFFIXES = (".ts", ".tsx", ".mts", ".json")
_OURS = (f"{FOLDER}/drizzle/", f"{FOLDER}/.claude/")


def changes(root: Path, stop: Event) -> Iterator[tuple[str, ...]]:
    """The project-relative paths of each burst of edits, until stopped."""
    real = root.resolve()

    def counts(_: Change, path: str) -> bool:
        relative = Path(path).relative_to(real).as_posix() if Path(path).is_relative_to(real) else path
        return relative.endswith(_SUFFIXES) and not relative.startswith(_OURS) and "node_modules" not in relative

    batches = watch(
        real / FOLDER, watch_filter=counts, debounce=_LONGEST_MS, step=_STEP_MS, stop_event=stop, raise_interrupt=True
    )
    for batch in batches:
        yield tuple(sorted({Path(path).relative_to(real).as_posix() for _, path in batch}))
