"""Reads a project's files for an assistant: inside its root only, no links, no secrets files, text of bounded size."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qb_mcp.errors import QbError
from qb_mcp.operations.redaction import redacted
from qb_mcp.operations.text import neutralised, one_line

LARGEST_FILE = 1_000_000
_SECRET_FILE = re.compile(r"\.(env|dev\.vars)", re.IGNORECASE)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_WALKS = os.open in os.supports_dir_fd


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A file's text as it may be shown: `redactions` counts the values that were hidden."""

    path: str
    text: str
    redactions: int


def read_file(root: Path, path: str) -> ProjectFile:
    """The text of a file of the project, given by its path from the root."""
    raw = _read_bytes(root, _checked(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise QbError(f"`{one_line(path)}` is not a text file", "only UTF-8 text can be read") from None
    shown, redactions = redacted(neutralised(text))
    return ProjectFile(path, shown, redactions)


def file_names(root: Path, folder: str) -> list[str]:
    """Names in a folder of the project, sorted; files only, no links, no secrets files."""
    return [name for name, is_folder in _entries(root, folder) if not is_folder and not _SECRET_FILE.match(name)]


def folder_names(root: Path, folder: str) -> list[str]:
    """Names of the folders in a folder of the project, sorted; no links, none that are hidden."""
    return [name for name, is_folder in _entries(root, folder) if is_folder and not name.startswith(".")]


def _entries(root: Path, folder: str) -> list[tuple[str, bool]]:
    place = root.joinpath(*_checked(folder).parts)
    if place.resolve() != root.resolve().joinpath(*PurePosixPath(folder).parts) or not place.is_dir():
        return []
    with os.scandir(place) as entries:
        kinds = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries if not entry.is_symlink()]
    return sorted(kinds)


def _checked(path: str) -> PurePosixPath:
    """A path that stays inside its root by its letters alone."""
    pure = PurePosixPath(path)
    outside = pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path or "\0" in path
    if outside or not pure.parts:
        raise QbError(f"`{one_line(path)}` is not a path inside the project", "pass a path from the project's root")
    if any(_SECRET_FILE.match(part) for part in pure.parts):
        raise QbError(f"`{one_line(path)}` may hold secrets and is never read", "")
    return pure


def _read_bytes(root: Path, path: PurePosixPath) -> bytes:
    try:
        with _opened(root.resolve(), path) as descriptor:
            return _regular_text(descriptor, path)
    except FileNotFoundError:
        raise QbError(f"`{path}` does not exist", "") from None
    except OSError as error:
        raise QbError(f"`{path}` cannot be read: {error.strerror or 'it leads out of the project'}", "") from None


def _regular_text(descriptor: int, path: PurePosixPath) -> bytes:
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        raise QbError(f"`{path}` is not a file", "")
    if facts.st_size > LARGEST_FILE:
        raise QbError(f"`{path}` has {facts.st_size:,} bytes; at most {LARGEST_FILE:,} are read", "")
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        return stream.read(LARGEST_FILE + 1)


@contextmanager
def _opened(root: Path, path: PurePosixPath) -> Iterator[int]:
    """A descriptor of the file, opened folder by folder so that no link is ever followed, not even one just made."""
    descriptor = _open_walking(root, path) if _WALKS else _open_checked(root, path)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _open_walking(root: Path, path: PurePosixPath) -> int:
    current = os.open(root, os.O_RDONLY | _DIRECTORY)
    for depth, part in enumerate(path.parts, start=1):
        flags = os.O_RDONLY | _NOFOLLOW | (_DIRECTORY if depth < len(path.parts) else 0)
        try:
            deeper = os.open(part, flags, dir_fd=current)
        finally:
            os.close(current)
        current = deeper
    return current


def _open_checked(root: Path, path: PurePosixPath) -> int:
    target = root.joinpath(*path.parts)
    if target.resolve() != target:
        raise OSError("it leads out of the project")
    return os.open(target, os.O_RDONLY | getattr(os, "O_BINARY", 0))
