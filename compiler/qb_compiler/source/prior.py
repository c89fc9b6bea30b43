"""Reads what earlier compiles, and the author's own package file, left in the output folder."""

import os
import stat
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from qb_compiler.model.memory import Memory
from qb_compiler.model.record import record

NAMES = (
    "package.json",
    ".gitignore",
    "schema-registry.json",
)
MIGRATIONS = "quickback/drizzle"
LARGEST = 16_000_000


@record
class Known:
    """A file as it was read: `stamp` is what the system says of it, which changes with every write."""

    stamp: tuple[int, int, int]
    text: str


def read_prior(root: Path, reports: tuple[str, ...], memory: Memory) -> dict[str, str]:
    """Project-relative path -> text. What is absent, no text, too large or a link is left out.

    A migration that was not written since the last run is not read again.
    """
    found = {name: known.text for name in (*NAMES, *reports) if (known := read(root, name, None))}
    migrations = memory.renew("migration files", partial(read_migrations, root))
    return {**found, **{path: known.text for path, known in migrations.items()}}


def read_migrations(root: Path, last: Mapping[str, Known] | None) -> Mapping[str, Known]:
    """Every file of the migrations, by its path."""
    known = last or {}
    found = ((path, read(root, path, known.get(path))) for path in migration_paths(root))
    return {path: file for path, file in found if file}


def migration_paths(root: Path) -> Iterator[str]:
    folder = root / MIGRATIONS
    if folder.is_symlink():
        return
    for parent, _, names in os.walk(folder):
        inside = os.path.relpath(parent, root).replace(os.sep, "/")
        yield from (f"{inside}/{name}" for name in names)


def read(root: Path, path: str, last: Known | None) -> Known | None:
    """The file, or what is known of it where it is still the same."""
    try:
        details = os.lstat(f"{root}/{path}")
        if not stat.S_ISREG(details.st_mode) or details.st_size > LARGEST:
            return None
        stamp = details.st_mtime_ns, details.st_size, details.st_ino
        if last is not None and last.stamp == stamp:
            return last
        return Known(stamp, (root / path).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
