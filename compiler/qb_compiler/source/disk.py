"""Every read of the project goes through here: nothing outside the root, nothing that is no text, nothing endless."""

import os
import posixpath
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.model.memory import Memory
from qb_compiler.source.problems import (
    FileBinary,
    FileNameNotText,
    FileNotUtf8,
    FileTooLarge,
    FileUnreadable,
    LinkLeavesProject,
    LinkLoop,
    NotAFile,
    TooManyFiles,
)
from qb_compiler.source.specifiers import is_source
from qb_compiler.span import SourceFile, Span

MOST_BYTES = 1_000_000
MOST_FILES = 20_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SKIPPED_FOLDERS = frozenset({"node_modules", "dist", ".git"})


def place(path: str) -> Span:
    """A whole file as a place, for problems that have no line."""
    return Span(SourceFile(path, ""), 0, 0)


def normal(path: str) -> str:
    """A project-relative path as we write it: forward slashes, no `./`."""
    return posixpath.normpath(path.replace("\\", "/"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Links in circles are no folders; they are reported when they are read."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _content(full: str) -> bytes:
    with open(full, "rb", buffering=0) as file:
        return file.readall()


class Disk:
    """The files below one root, with unsaved texts laid over them. Each file is read at most once; one that `memory`
    knows with this text is the same object as before."""

    def __init__(self, root: Path, problems: Problems, overlay: Mapping[str, str], memory: Memory) -> None:
        self.root = root
        self._folders: dict[str, str] = {}
        self.real_root = os.path.realpath(root)
        self.problems = problems
        self.memory = memory
        self.overlay = {normal(path): text for path, text in overlay.items()}
        self.files: dict[str, SourceFile] = {}
        self.refused: set[str] = set()

    def refuse(self, path: str, problem: Problem) -> None:
        self.refused.add(path)
        self.problems.report(problem)

    def exists(self, path: str) -> bool:
        """Whether `path` is a file (a link is judged when it is read)."""
        return path in self.files or path in self.overlay or os.path.isfile(f"{self.root}/{path}")

    def read(self, path: str) -> SourceFile | None:
        """The file at `path`; None after reporting why it was refused, or when there is none."""
        if path in self.files or path in self.refused:
            return self.files.get(path)
        data = self._overlaid(path) if path in self.overlay else self._bytes(path)
        file = None if data is None else self._decoded(path, data)
        if file:
            self.files[path] = file
        return file

    def _overlaid(self, path: str) -> bytes | None:
        data = self.overlay[path].encode("utf-8", "surrogatepass")
        return data if self._fits(path, len(data)) else None

    def _fits(self, path: str, size: int) -> bool:
        if size > MOST_BYTES:
            self.refuse(path, FileTooLarge(place(path), path, size, MOST_BYTES))
        return size <= MOST_BYTES

    def _bytes(self, path: str) -> bytes | None:
        try:
            if not self._inside(path):
                return None
            full = f"{self.root}/{path}"
            details = os.stat(full)
            if not stat.S_ISREG(details.st_mode):
                kind = "a folder" if stat.S_ISDIR(details.st_mode) else "a pipe, socket or device"
                self.refuse(path, NotAFile(place(path), path, kind))
                return None
            return _content(full) if self._fits(path, details.st_size) else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not valid"
            self.refuse(path, FileUnreadable(place(path), path, reason.lower()))
            return None

    def _inside(self, path: str) -> bool:
        """Reports a link that leaves the project or loops."""
        full = f"{self.root}/{path}"
        try:
            real = self._real(full)
        except FileNotFoundError:
            return not os.path.islink(full)
        except (OSError, RuntimeError) as error:
            if not os.path.islink(full):
                raise
            del error
            self.refuse(path, LinkLoop(place(path), path))
            return False
        if real != self.real_root and not real.startswith(self.real_root + os.sep):
            self.refuse(path, LinkLeavesProject(place(path), path))
            return False
        return True

    def _real(self, full: str) -> str:
        """`realpath`, which looks at each folder once."""
        folder, name = os.path.split(full)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder, strict=True)
        place = f"{self._folders[folder]}{os.sep}{name}"
        return os.path.realpath(place, strict=True) if stat.S_ISLNK(os.lstat(place).st_mode) else place

    def _decoded(self, path: str, data: bytes) -> SourceFile | None:
        data = data.removeprefix(BYTE_ORDER_MARK)
        if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.refuse(path, FileBinary(place(path), path))
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            shown = SourceFile(path, data.decode("utf-8", "replace"))
            start = len(data[: error.start].decode("utf-8"))
            self.refuse(path, FileNotUtf8(Span(shown, start, start + 1), path))
            return None
        return self.memory.recall("source", path, (text,), lambda: SourceFile(path, text))

    def walk(self, folder: str) -> list[str]:
        """Every file below `folder`, sorted; unsaved ones included."""
        found = {path for path in self.overlay if path.startswith(f"{folder}/")}
        for path in self._walk(folder):
            found.add(path)
            if len(found) > MOST_FILES:
                self.refuse(folder, TooManyFiles(place(folder), folder, MOST_FILES))
                break
        return sorted(found)

    def _walk(self, folder: str) -> Iterator[str]:
        waiting: list[tuple[str, tuple[str, ...]]] = [(folder, ())]
        while waiting:
            current, above = waiting.pop()
            for entry in self._entries(current):
                path = f"{current}/{entry.name}"
                if not self._named_in_text(path):
                    continue
                if not _is_folder(entry):
                    yield path
                elif is_source(path):
                    self.refuse(path, NotAFile(place(path), path, "a folder"))
                elif entry.name not in SKIPPED_FOLDERS and not entry.name.startswith("."):
                    waiting.extend(self._below(path, above, entry.is_symlink()))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.refuse(folder, FileUnreadable(place(folder), folder, (error.strerror or "unknown").lower()))
            return []

    def _below(self, path: str, above: tuple[str, ...], linked: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The folder at `path`, unless it is a link to one we are in, or out of the project."""
        if linked and not self._inside(path):
            return
        real = os.path.realpath(self.root / path)
        inside = os.path.realpath(self.root / posixpath.dirname(path)) + os.sep
        if real in above or inside.startswith(real + os.sep):
            self.refuse(path, LinkLoop(place(path), path))
            return
        yield path, (*above, real)

    def _named_in_text(self, path: str) -> bool:
        shown = path.encode("utf-8", "replace").decode("utf-8")
        if shown == path and path.isprintable():
            return True
        safe = "".join(c if c.isprintable() else "?" for c in shown)
        self.refuse(safe, FileNameNotText(place(safe), safe))
        return False
