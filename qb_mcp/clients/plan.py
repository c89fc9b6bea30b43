"""A plan: what would change, shown before anything does."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from qb_mcp.clients.json_value import Json
from qb_mcp.clients.ledger import Ledger, Record
from qb_mcp.clients.status import Status, Verb


@dataclass(frozen=True, slots=True)
class Change:
    """One file. `before` and `after` are None where the file does not exist; `snippet` is what a person could paste.

    `path` is what is written to (the target of a link that `--force` follows); `record` is what the ledger keeps under
    `recorded_at`. A deletion takes up to `folders` empty folders with it. `backup` is written first, `spent_backup`
    deleted last.
    """

    label: str
    path: Path
    verb: Verb
    status: Status
    before: str | None = None
    after: str | None = None
    reason: str = ""
    snippet: str = ""
    record: Record | None = None
    recorded_at: Path | None = None
    folders: int = 0
    backup: Path | None = None
    spent_backup: Path | None = None

    @property
    def place(self) -> Path:
        """Where the ledger keeps the record."""
        return self.recorded_at or self.path

    @property
    def writes(self) -> bool:
        return self.verb in (Verb.CREATE, Verb.UPDATE, Verb.DELETE)

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        before = (self.before or "").splitlines(keepends=True)
        after = (self.after or "").splitlines(keepends=True)
        lines = difflib.unified_diff(before, after, str(self.path), str(self.path), n=2)
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)

    def as_json(self) -> Json:
        """The change for programs."""
        told = {"reason": self.reason, "snippet": self.snippet, "diff": self.diff if self.writes else ""}
        facts = {"label": self.label, "path": str(self.path), "action": self.verb, "status": self.status}
        return {**facts, **{key: value for key, value in told.items() if value}}


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes of one place and the ledger that remembers them. `notes` are for the person, after the list."""

    ledger: Ledger
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def refused(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.verb is Verb.REFUSE)

    @property
    def writes(self) -> bool:
        return any(change.writes for change in self.changes)


def merged(ledger: Ledger, plans: Iterable[Plan]) -> Plan:
    """Several plans of one place as one."""
    parts = tuple(plans)
    changes = tuple(change for part in parts for change in part.changes)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return Plan(ledger, changes, notes)
