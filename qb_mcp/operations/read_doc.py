"""One topic, or a part of it, in pieces that fit an assistant's context: cut at headings, never inside a code fence."""

import re
from dataclasses import dataclass
from functools import lru_cache

from qb_mcp.corpus import Lookup, Page, Section, forget, lookup
from qb_mcp.errors import QbError
from qb_mcp.operations.text import one_line

LARGEST_PIECE = 22_000
"""Characters, so that a piece and what is said around it stay under 8,000 tokens, of three characters in dense code."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#{2,4} ")


@dataclass(frozen=True, slots=True)
class Doc:
    """A piece of a topic. `end` is where it stops in the text of `size` characters; `note` is how the name was read."""

    page: Page
    section: str | None
    text: str
    offset: int
    end: int
    size: int
    note: str | None
    alternatives: tuple[str, ...]

    @property
    def next_offset(self) -> int | None:
        return self.end if self.end < self.size else None

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.page.sections


def read_doc(topic: str, section: str | None = None, offset: int = 0) -> Doc:
    """The topic that a name means, or one of its sections, from an offset on."""
    found = _lookup(topic)
    if found.page is None:
        near = ", ".join(f"`{key}`" for key in found.suggestions)
        raise QbError(f"no topic is called `{one_line(topic, 80)}`", f"nearest topics: {near}" if near else "")
    anchor = _anchor(found.page, section) if section else found.section
    text = (found.page.part(anchor) if anchor else None) or found.page.markdown
    if not 0 <= offset < max(len(text), 1):
        raise QbError(f"offset {offset} is outside the text of {len(text)} characters", "start again with offset 0")
    end = cut(text, offset)
    return Doc(found.page, anchor, text[offset:end], offset, end, len(text), found.note, found.alternatives)


@lru_cache(maxsize=1_000)
def _lookup(topic: str) -> Lookup:
    """Judging a short or misspelt name means comparing it with all topics, and assistants repeat themselves."""
    return lookup(topic)


def forget_docs() -> None:
    """Read the documentation anew from now on: what lies on disk has changed under a running server."""
    forget()
    _lookup.cache_clear()


def _anchor(topic: Page, section: str) -> str:
    """The anchor that a heading or an anchor means."""
    wanted = section.strip().lstrip("#").strip().lower()
    for candidate in topic.sections:
        if candidate.anchor and wanted in (candidate.anchor, candidate.heading.lower()):
            return candidate.anchor
    anchors = ", ".join(f"`{s.anchor}`" for s in topic.sections if s.anchor)
    raise QbError(f"`{topic.key}` has no section `{one_line(section, 80)}`", f"its sections: {anchors}")


def cut(text: str, offset: int) -> int:
    """Where a piece that starts at the offset ends: the last good place within its size."""
    limit = offset + LARGEST_PIECE
    if len(text) <= limit:
        return len(text)
    headings, blanks, lines = _boundaries(text, offset, limit)
    return headings or blanks or lines or limit


def _boundaries(text: str, offset: int, limit: int) -> tuple[int, int, int]:
    """The last heading, paragraph and line that start within the limit; 0 where there is none."""
    heading = paragraph = line_start = 0
    position, fence, after_blank = 0, "", False
    for line in text.splitlines(keepends=True):
        if position > limit:
            break
        if position > offset:
            line_start = position
            heading = position if not fence and _HEADING.match(line) else heading
            paragraph = position if not fence and after_blank else paragraph
        fence = _fence_after(fence, line)
        after_blank = not line.strip()
        position += len(line)
    return heading, paragraph, line_start


def _fence_after(fence: str, line: str) -> str:
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not line.strip(" `~\r\n") else fence
