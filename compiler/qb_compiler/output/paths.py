"""Where we may write: inside the root, never through a link."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

NOWHERE = {"", ".", ".."}


def is_writable_place(path: str) -> bool:
    """Below the root, and not among the author's definitions (of which only `quickback/drizzle/` is ours)."""
    parts = path.split("/")
    if not NOWHERE.isdisjoint(parts) or "\\" in path or "\0" in path:
        return False
    return parts[0] != "quickback" or (parts[1:2] == ["drizzle"] and len(parts) > 2)


def link_on_the_way(root: Path, path: str) -> str | None:
    """The first component below the root that is a symbolic link, as a project-relative path."""
    return next(iter(links_on_the_way(root, (path,))), None)


def links_on_the_way(root: Path, paths: Iterable[str]) -> set[str]:
    """The same for many paths; each folder is looked at once."""
    known: dict[str, bool] = {}
    return {link for path in paths if (link := _first_link(str(root), path, known))}


def _first_link(root: str, path: str, known: dict[str, bool]) -> str | None:
    end = 0
    while end != -1:
        end = path.find("/", end + 1)
        part = path if end == -1 else path[:end]
        if part not in known:
            known[part] = _is_link(f"{root}/{part}")
        if known[part]:
            return part
    return None


def _is_link(path: str) -> bool:
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except OSError:
        return False


def content(root: Path, path: str) -> bytes | None:
    """The bytes on disk, None when there is no such file."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:
            return file.readall()
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
