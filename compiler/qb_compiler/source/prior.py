"""Reads what earlier compiles, and the author's own package file, left in the output folder."""

import os
from pathlib import Path

NAMES = (
    "package.json",
    ".gitignore",
    "schema-registry.json",
)
MIGRATIONS = "quickback/drizzle"
LARGEST = 16_000_000


def read_prior(root: Path, reports: tuple[str, ...]) -> dict[str, str]:
    """Project-relative path -> text. What is absent, no text, too large or a link is left out."""
    found = {name: text for name in (*NAMES, *reports) if (text := text_of(root, name)) is not None}
    folder = root / MIGRATIONS
    if folder.is_symlink() or not folder.is_dir():
        return found
    for parent, _, names in os.walk(folder):
        for name in names:
            path = (Path(parent) / name).relative_to(root).as_posix()
            if (text := text_of(root, path)) is not None:
                found[path] = text
    return found


def text_of(root: Path, path: str) -> str | None:
    target = root / path
    try:
        if target.is_symlink() or not target.is_file() or target.stat().st_size > LARGEST:
            return None
        return target.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
