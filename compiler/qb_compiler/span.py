"""Where something stands in a source file. A leaf that every room may import."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TypeAlias

Place: TypeAlias = tuple[str, int, int]
"""A span as a key: the path, where it starts and where it ends."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A text the author wrote. `path` is relative to the project root, with forward slashes."""

    path: str
    text: str
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = [0]
        position = self.text.find("\n")
        while position != -1:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        object.__setattr__(self, "line_starts", tuple(starts))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both counted from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of one file."""

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.file.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.file.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.file.text[self.start : self.end]

    @property
    def key(self) -> Place:
        """Sorts diagnostics by file, then by place."""
        return self.file.path, self.start, self.end
