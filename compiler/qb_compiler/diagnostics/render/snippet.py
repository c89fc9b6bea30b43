"""A line of source with a marked place, aligned whatever the line holds."""

import unicodedata

from qb_compiler.model.record import record
from qb_compiler.span import Span

TAB = "    "
WIDEST = 120
LEAD = 40
HARMFUL = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@record
class Snippet:
    """`text` is safe to print; the mark starts at cell `offset` and is `width` cells long, at least one."""

    line: int
    text: str
    offset: int
    width: int


def shown(character: str) -> str:
    """Tabs become spaces; what could steer a terminal or reorder text becomes a replacement character."""
    if character == "\t":
        return TAB
    return "\ufffd" if unicodedata.category(character) in HARMFUL else character


def safe(text: str) -> str:
    return "".join(map(shown, text))


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) != 0 for character in text)


def snippet(span: Span) -> Snippet:
    """The first line of the span; a line longer than the terminal is cut to the part around the mark."""
    line, column = span.file.position(span.start)
    source = span.file.line_text(line)
    start = column - 1
    end = max(start + 1, min(start + span.end - span.start, len(source)))
    left, right = window(len(source), start, end)
    before, marked, after = safe(source[left:start]), safe(source[start:end]), safe(source[end:right])
    lead, tail = "…" if left else "", "…" if right < len(source) else ""
    return Snippet(line, f"{lead}{before}{marked}{after}{tail}", cells(lead + before), max(cells(marked), 1))


def window(length: int, start: int, end: int) -> tuple[int, int]:
    """The part of a line to show: all of it if that fits, else some characters around the mark."""
    if length <= WIDEST:
        return 0, length
    left = max(0, start - LEAD)
    return left, min(length, max(left + WIDEST, min(end, left + 2 * WIDEST)))
