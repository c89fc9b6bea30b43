"""How something of ours stands on disk, and what a plan would do about it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Status(StrEnum):
    """`modified`: ours, and a person has changed it. `foreign`: the name is taken by something that is not ours.
    `shadowed`: in place, but another copy wins over it. `unreadable`: the file cannot be read as its format."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"
    MODIFIED = "modified"
    SHADOWED = "shadowed"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


class Verb(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    NOTHING = "nothing"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing of ours, as it stands. `note` says what a person should know about it."""

    label: str
    path: Path
    status: Status
    note: str = ""
