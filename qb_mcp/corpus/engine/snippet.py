"""Says why a section matched, and shows the place that matches best."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from qb_mcp.corpus.engine.passages import LINK
from qb_mcp.corpus.engine.plan import Group
from qb_mcp.corpus.engine.terms import expand
from qb_mcp.corpus.model import Page, Section
from qb_mcp.corpus.words import WORD, parts

LONGEST = 240
RULE = re.compile(r"\|(?: ?:?-+:? ?\|)+$")


def explain(page: Page, section: Section, groups: Sequence[Group]) -> str:
    """Which words of the query are where, the most telling place first."""
    places = (
        ("title", page.title),
        ("heading", section.heading if section.anchor else ""),
        ("keywords", " ".join(page.keywords)),
        ("text", section.text),
    )
    letters, told = first_letters(groups), set[str]()
    found = []
    for place, text in places:
        labels = [label for label in matching(groups, present(text, letters)) if label.lower() not in told]
        if labels:
            found.append(f"{place}: {', '.join(labels)}")
            told.update(label.lower() for label in labels)
    return " · ".join(found) or "words of the same meaning"


def first_letters(groups: Sequence[Group]) -> frozenset[str]:
    return frozenset(term.lstrip("=+")[0] for group in groups for term, _ in group.terms)


def present(text: str, letters: frozenset[str]) -> set[str]:
    """The terms of a text that a query with these first letters can have. Stemming takes most of the time of a search,
    and it never changes how a word begins."""
    words = (word for word in WORD.findall(text) if not letters.isdisjoint(part[0] for part in parts(word)))
    return {term for word in words for term in expand(word)}


def matching(groups: Sequence[Group], found: set[str]) -> Iterable[str]:
    labels = (group.label for group in groups if group.label and any(term in found for term, _ in group.terms))
    return tuple(dict.fromkeys(labels))


def best_line(section: Section, groups: Sequence[Group]) -> str:
    """The line of a section that holds most of the query, code only where nothing else holds any of it."""
    text = LINK.sub(r"\1", section.text)
    prose, code = split_code(text.splitlines()[1 if section.anchor else 0 :])
    letters = first_letters(groups)
    weighed = [(weight(groups, present(line, letters)), line) for line in prose]
    if not any(held for held, _ in weighed):
        weighed[1:] = [(weight(groups, present(line, letters)), line) for line in code]
    return shortened(max(weighed, key=itemgetter(0))[1]) if weighed else section.heading


def split_code(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines of text and lines of code, without the heads of tables and what only draws them."""
    prose: list[str] = []
    code: list[str] = []
    fenced = False
    stripped = [line.strip() for line in lines]
    for line, after in zip(stripped, [*stripped[1:], ""], strict=True):
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            code.append(line)
        elif line and not RULE.match(line) and not RULE.match(after):
            prose.append(plain(line))
    return prose, code


def plain(line: str) -> str:
    """A line without the marks of a list, and the cells of a table's row as words."""
    if not line.startswith("|"):
        return line.removeprefix("- ")
    return " · ".join(cell.strip() for cell in line.strip("|").split(" | ") if cell.strip())


def weight(groups: Sequence[Group], found: set[str]) -> float:
    return sum(max((weight for term, weight in group.terms if term in found), default=0.0) for group in groups)


def shortened(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(" ")[0] + " …"
