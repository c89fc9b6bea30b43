"""What we have put on disk, so that it can be told from what a person wrote, and taken back exactly.

One file per place: `~/.quickback/tools.json` for a person's machine, `.quickback/tools.json` in a project (to be
committed, so that a colleague's `status` knows as much). It holds hashes, and of an edited file only the span that was
changed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from qb_mcp import __version__
from qb_mcp.clients import files
from qb_mcp.clients.json_value import Json
from qb_mcp.errors import QbError

FOLDER = ".quickback"
FILE = "tools.json"


def digest(text: str) -> str:
    """SHA-256 of a text whose line ends are left to the version control system."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def exact_digest(text: str) -> str:
    """SHA-256 of a text with its line ends, for spans that are undone by offset."""
    return hashlib.sha256(text.encode()).hexdigest()


def value_digest(value: Json) -> str:
    """SHA-256 of a value in its one canonical spelling."""
    return digest(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class Undo:
    """`new` stands at `at` where `old` stood before."""

    at: int
    old: str
    new: str

    @classmethod
    def between(cls, before: str, after: str) -> "Undo":
        """The smallest span in which two texts differ."""
        start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
        start = min(len(before), len(after)) if start is None else start
        most = min(len(before), len(after)) - start
        end = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
        return cls(start, before[start : len(before) - end], after[start : len(after) - end])

    def apply(self, text: str) -> str:
        """The text as it was before."""
        return text[: self.at] + self.old + text[self.at + len(self.new) :]


@dataclass(frozen=True, slots=True)
class Record:
    """One file of ours, or one file with an entry of ours.

    `file` is the hash of the whole file after our change, `value` that of the entry; `made` says that the file did not
    exist, `folders` and `holders` how many folders and objects around it did not.
    """

    version: str
    file: str
    value: str = ""
    made: bool = False
    folders: int = 0
    holders: int = 0
    undo: Undo | None = None
    backup: str = ""


@dataclass(slots=True)
class Ledger:
    """The records of one place, by path relative to its root."""

    root: Path
    records: dict[str, Record] = field(default_factory=dict)
    name: str = FILE

    @property
    def path(self) -> Path:
        return self.root / FOLDER / self.name

    def key(self, path: Path) -> str:
        """How a path is named in the ledger: relative to the root where it lies below it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def record(self, path: Path) -> Record | None:
        return self.records.get(self.key(path))

    def below(self, folder: Path) -> Iterator[Path]:
        """Every recorded file in a folder."""
        for key in sorted(self.records):
            if (self.root / key).is_relative_to(folder):
                yield self.root / key

    def note(self, path: Path, record: Record | None) -> None:
        """Remember what was done to a file, or forget it."""
        self.records.pop(self.key(path), None)
        if record:
            self.records[self.key(path)] = replace(record, version=__version__)

    def save(self) -> None:
        """Write the ledger, or delete it with its folder once nothing is recorded."""
        files.sweep(self.path)
        if not self.records:
            files.delete(self.path, folders=1)
            return
        records = {key: _written(record) for key, record in sorted(self.records.items())}
        text = json.dumps({"version": 1, "tools": records}, indent=2, ensure_ascii=False) + "\n"
        if not self.path.exists() or self.path.read_text(encoding="utf-8") != text:
            files.replace(self.path, text)


def open_ledger(root: Path, name: str = FILE) -> Ledger:
    """The ledger of a place; an unreadable one is an error, since forgetting would endanger edits."""
    path = root / FOLDER / name
    try:
        text = files.read(path).text
    except files.Untouchable as error:
        raise QbError(str(error), "move it away, then run the command again") from error
    if text is None:
        return Ledger(root, name=name)
    try:
        return Ledger(root, {key: _read(item) for key, item in json.loads(text)["tools"].items()}, name)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QbError(f"`{path}` is damaged", "restore it from version control, or delete it") from error


def _written(record: Record) -> Mapping[str, Json]:
    data = {key: value for key, value in asdict(record).items() if value not in ("", False, 0, None)}
    return data


def _read(item: Mapping[str, Json]) -> Record:
    undo = item.get("undo")
    made = Undo(**undo) if isinstance(undo, Mapping) else None  # type: ignore[arg-type]
    rest = {key: value for key, value in item.items() if key != "undo"}
    return Record(undo=made, **rest)  # type: ignore[arg-type]
