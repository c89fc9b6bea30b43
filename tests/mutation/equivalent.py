"""Weakenings that change nothing that anybody could notice, each with its reason: `equivalent.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from mutation.mutants import Mutant

FILE = Path(__file__).with_name("equivalent.toml")


@cache
def reasons() -> dict[str, str]:
    """The reason by the weakening's key, or by that of all its twins."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8")).get("equivalent", [])
    return {entry["key"]: entry["reason"] for entry in entries}


def changes_nothing(mutant: Mutant) -> bool:
    return mutant.key in reasons() or mutant.twin in reasons()
