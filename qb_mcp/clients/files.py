"""Reading and replacing a person's files: as text with every byte kept, whole or not at all, never through a link."""

import os
import stat
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from qb_mcp.errors import QbError

_LARGEST = 20_000_000
_WRITTEN = ".quickback-new"
_STALE_SECONDS = 60


class Untouchable(Exception):
    """The file is not one that we may edit; the message says why."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was read; `text` is None where there is none. `path` is where it really lies."""

    path: Path
    text: str | None


def read(path: Path, *, follow: bool = False) -> Original:
    """The file as text, line ends and BOM kept. `follow` allows a link and edits what it points at."""
    if path.is_symlink() and not follow:
        raise Untouchable(f"`{path}` is a link to `{path.readlink()}`")
    real = path.resolve() if path.is_symlink() else path
    try:
        found = real.stat()
    except FileNotFoundError:
        return Original(real, None)
    except OSError as error:
        raise Untouchable(f"`{path}` cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(found.st_mode):
        raise Untouchable(f"`{path}` is not a file")
    if found.st_size > _LARGEST:
        raise Untouchable(f"`{path}` is larger than any configuration should be")
    return Original(real, _text(real))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Untouchable(f"`{path}` is not UTF-8 text") from error
    except OSError as error:
        raise Untouchable(f"`{path}` cannot be read: {error.strerror}") from error


def is_read_only(path: Path) -> bool:
    """Whether its owner has taken the right to write away: a wish to be left alone."""
    try:
        return not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    except OSError:
        return False


def replace(path: Path, text: str) -> None:
    """Write the whole text beside the file, then put it in its place, with its mode kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_WRITTEN)
    except OSError as error:
        raise QbError(f"cannot write in `{path.parent}`: {error.strerror}", "check the folder's permissions") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise QbError(f"cannot write `{path}`: {error.strerror}", "nothing of it was changed") from error


def sweep(path: Path) -> None:
    """Delete half-written texts that a killed run left beside the file."""
    for left in path.parent.glob(f".{escape(path.name)}.*{_WRITTEN}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def delete(path: Path, *, folders: int = 0) -> None:
    """Delete a file, and up to so many folders around it that are empty then."""
    sweep(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise QbError(f"cannot delete `{path}`: {error.strerror}", "check the folder's permissions") from error
    prune(path.parent, folders)


def prune(folder: Path, folders: int) -> None:
    """Remove the folder and those around it, as long as they are empty, at most so many."""
    with suppress(OSError):
        for _ in range(folders):
            with suppress(FileNotFoundError):
                folder.rmdir()
            folder = folder.parent


def missing_folders(path: Path) -> int:
    """How many folders around the file would have to be made."""
    return sum(1 for parent in path.parents if not parent.exists())
