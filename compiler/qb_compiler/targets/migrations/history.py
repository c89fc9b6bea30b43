"""The chain of migrations of one database: its journal, its last snapshot, and the next link."""

import json
from collections.abc import Callable, Mapping

from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.targets.migrations.snapshot import FIRST, NotASnapshot, read_snapshot
from qb_compiler.targets.migrations.state import StoredDatabase

JOURNAL = "meta/_journal.json"
_FIRST_TIME = 1_700_000_000_000
_STEP = 1000
EMPTY = StoredDatabase()


class BrokenHistory(ValueError):
    """A file of the chain cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@record
class Entry:
    """One migration. `when` only has to grow: it is made up, so that equal input gives equal bytes."""

    index: int
    when: int
    tag: str
    breakpoints: bool = True

    @property
    def sql_path(self) -> str:
        return f"{self.tag}.sql"

    @property
    def snapshot_path(self) -> str:
        return f"meta/{self.tag[:4]}_snapshot.json"


@record
class History:
    """`snapshot` is the id of the last one, `database` what it says."""

    entries: tuple[Entry, ...] = ()
    snapshot: str = FIRST
    database: StoredDatabase = EMPTY

    def following(self, name: str) -> Entry:
        """The next migration, called `name`."""
        last = self.entries[-1] if self.entries else None
        index = last.index + 1 if last else 0
        return Entry(index, last.when + _STEP if last else _FIRST_TIME, f"{index:04d}_{name}")


SnapshotReader = Callable[[str], tuple[str, StoredDatabase]]


def read_history(files: Mapping[str, str], read: SnapshotReader = read_snapshot) -> History:
    """The chain in a migrations folder; an empty folder has an empty one. Raises BrokenHistory."""
    if JOURNAL not in files:
        stray = next((path for path in sorted(files) if path.endswith(".sql")), None)
        if stray:
            raise BrokenHistory(JOURNAL, f"it is missing, but there is {stray}")
        return History()
    entries = _entries(files[JOURNAL])
    for entry in entries:
        if entry.sql_path not in files:
            raise BrokenHistory(entry.sql_path, "it is missing")
    if not entries:
        return History()
    path = entries[-1].snapshot_path
    if path not in files:
        raise BrokenHistory(path, "it is missing")
    try:
        return History(entries, *read(files[path]))
    except NotASnapshot as error:
        raise BrokenHistory(path, str(error)) from error


def journal_text(entries: tuple[Entry, ...]) -> str:
    content = {
        "version": "7",
        "dialect": "sqlite",
        "entries": [
            {"idx": e.index, "version": "6", "when": e.when, "tag": e.tag, "breakpoints": e.breakpoints}
            for e in entries
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _entries(text: str) -> tuple[Entry, ...]:
    try:
        content = json.loads(text)
        return tuple(sorted((_entry(item) for item in content["entries"]), key=lambda entry: entry.index))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenHistory(JOURNAL, f"it is no journal ({error})") from error


def _entry(item: Mapping[str, Json]) -> Entry:
    index, when, tag = item["idx"], item["when"], item["tag"]
    if not isinstance(index, int) or not isinstance(when, int) or not isinstance(tag, str):
        raise TypeError("an entry has no idx, when or tag")
    return Entry(index, when, tag, item.get("breakpoints") is not False)
