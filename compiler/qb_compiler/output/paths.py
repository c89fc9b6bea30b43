"""Where we may write: inside the root, never through a link."""

import os
import stat
from pathlib import Path, PurePosixPath


def is_writable_place(path: str) -> bool:
    """Below the root, and not among the author's definitions (of which only `quickback/drizzle/` is ours)."""
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\\" in path or "\0" in path:
        return False
    return parts[0] != "quickback" or (parts[1:2] == ("drizzle",) and len(parts) > 2)


def link_on_the_way(root: Path, path: str) -> str | None:
    """The first component below the root that is a symbolic link, as a project-relative path."""
    current = root
    for part in PurePosixPath(path).parts:
        current = current / part
        try:
            mode = os.lstat(current).st_mode
        except OSError:
            return None
        if stat.S_ISLNK(mode):
            return current.relative_to(root).as_posix()
    return None


def content(root: Path, path: str) -> bytes | None:
    """The bytes on disk, None when there is no such file."""
    try:
        return (root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def remove_empty_parents(root: Path, path: str) -> None:
    """Folders that a removal left empty go too, up to the root."""
    for parent in PurePosixPath(path).parents:
        folder = root / parent
        if folder == root:
            return
        try:
            folder.rmdir()
        except OSError:
            return
