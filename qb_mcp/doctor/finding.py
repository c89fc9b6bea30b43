"""One line of the report."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is what was looked at, `said` what was seen, `hint` what to do about it."""

    about: str
    level: Level
    said: str
    hint: str = ""


def ok(about: str, said: str) -> Finding:
    """All is well."""
    return Finding(about, Level.OK, said)


def note(about: str, said: str, hint: str = "") -> Finding:
    """Worth knowing; nothing is broken."""
    return Finding(about, Level.NOTE, said, hint)


def fault(about: str, said: str, hint: str) -> Finding:
    """Something will not work."""
    return Finding(about, Level.FAULT, said, hint)
