"""What pages and sections are found by: their text as index terms, where a part that says more stands more often.

Addresses of links are left out (each page would be found by what it links to), and code counts once for each word (the
same imports and keys stand on every page).
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qb_mcp.corpus.engine.terms import pairs, terms
from qb_mcp.corpus.model import Page, Section
from qb_mcp.corpus.words import WORD

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
NAMES, KEYWORDS, HEADINGS, DESCRIPTION, DEFINED = 5, 8, 2, 2, 2
SECTION_HEADING = 3


class Parts(NamedTuple):
    """A markdown text taken apart. `defined` are the first cells of tables: what a page defines."""

    prose: str
    code: str
    defined: str


def take_apart(text: str) -> Parts:
    prose: list[str] = []
    code: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        else:
            (code if fenced else prose).append(line)
    plain = LINK.sub(r"\1", "\n".join(prose))
    cells = (line.split("|")[1] for line in plain.splitlines() if line.startswith("|"))
    return Parts(plain, "\n".join(code), "\n".join(cells))


def page_terms(page: Page) -> list[str]:
    """The terms of a page."""
    parts = take_apart(page.body)
    headings = "\n".join(section.heading for section in page.sections[1:])
    keywords = "\n".join(page.keywords)
    named = f"{page.title}\n{keywords}"
    weighted = (
        *[f"{page.title} {page.key.replace('/', ' ')}"] * NAMES,
        *[keywords] * KEYWORDS,
        *[headings] * HEADINGS,
        *[page.description] * DESCRIPTION,
        *[parts.defined] * DEFINED,
        *sorted(set(WORD.findall(parts.code))),
    )
    said = [*terms(" ".join(weighted)), *identifiers_once(terms(parts.prose))]
    return [*said, *pairs(named), *pairs(named), *pairs(headings), *pairs(page.description)]


def identifiers_once(found: Iterable[str]) -> Iterator[str]:
    """An error code or option that a page names ten times is not what the page is about."""
    seen: set[str] = set()
    for term in found:
        if term not in seen:
            yield term
        if term.startswith("="):
            seen.add(term)


def section_terms(page: Page, section: Section) -> list[str]:
    """The terms of a section."""
    named = " ".join((page.title, *[section.heading] * SECTION_HEADING))
    return [*terms(f"{named} {take_apart(section.text).prose}"), *pairs(f"{page.title}\n{section.heading}")]


def page_words(page: Page) -> str:
    """Every word of a page, for the vocabulary."""
    return "\n".join((page.title, page.key, *page.keywords, page.description, page.body))
