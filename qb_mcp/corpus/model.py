"""What the documentation is made of, and what looking things up in it answers.

These are named tuples, here and in the engine: a process that searches once would spend a tenth of its time on making
dataclasses."""

from collections.abc import Mapping
from typing import NamedTuple

CHARACTERS_PER_TOKEN = 4


def tokens(text: str) -> int:
    """The size of a text for a language model, roughly."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


class TopicSummary(NamedTuple):
    """One line of the list of topics. `size` is the whole page in tokens."""

    key: str
    title: str
    description: str
    keywords: tuple[str, ...]
    related: tuple[str, ...]
    size: int


class Section(NamedTuple):
    """The text under one heading, up to the next heading of any level. The opening has level 1 and no anchor."""

    heading: str
    anchor: str
    level: int
    text: str

    @property
    def size(self) -> int:
        return tokens(self.text)


class Page(NamedTuple):
    """One topic. `body` is markdown without the title; its first section is what stands before any heading."""

    key: str
    title: str
    description: str
    keywords: tuple[str, ...]
    related: tuple[str, ...]
    body: str
    sections: tuple[Section, ...]

    @property
    def markdown(self) -> str:
        """The page as it is handed to a reader."""
        return f"# {self.title}\n\n{self.body}"

    @property
    def size(self) -> int:
        return tokens(self.body)

    def section(self, anchor: str) -> Section | None:
        return next((section for section in self.sections if section.anchor == anchor), None)

    def part(self, anchor: str) -> str | None:
        """A section together with those below it, as markdown."""
        start = next((i for i, section in enumerate(self.sections) if section.anchor == anchor), None)
        if start is None:
            return None
        level = self.sections[start].level
        rest = self.sections[start + 1 :]
        end = next((i for i, section in enumerate(rest) if section.level <= level), len(rest))
        return "\n\n".join(section.text.strip() for section in self.sections[start : start + 1 + end]) + "\n"


class Corpus(NamedTuple):
    """Every topic by key, in the order of keys. Bodies are kept as text until a page is asked for."""

    summaries: Mapping[str, TopicSummary]
    bodies: Mapping[str, str]


class Lookup(NamedTuple):
    """The page a name means. `section` is the anchor when the name carried one that exists; `alternatives` are other
    topics of that name; `suggestions` are given only when nothing fits; `note` says how an inexact name was read."""

    page: Page | None
    section: str | None = None
    alternatives: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    note: str | None = None


class Hit(NamedTuple):
    """A section that answers a query. `why` names the words that matched and where; `size` is the section in tokens."""

    topic: str
    title: str
    heading: str
    anchor: str
    why: str
    snippet: str
    size: int
    score: float

    @property
    def address(self) -> str:
        return f"{self.topic}#{self.anchor}" if self.anchor else self.topic


class Correction(NamedTuple):
    """A word of the query that no page holds, and what was searched for instead."""

    typed: str
    used: str


class SearchResult(NamedTuple):
    hits: tuple[Hit, ...]
    corrections: tuple[Correction, ...] = ()
