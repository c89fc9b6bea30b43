"""Says why a section matched, and shows the place that matches best."""

from collections.abc import Iterable, Sequence

from qb_mcp.corpus.engine.passages import LINK
from qb_mcp.corpus.engine.plan import Group
from qb_mcp.corpus.engine.terms import terms
from qb_mcp.corpus.model import Page, Section

LONGEST = 240


def explain(page: Page, section: Section, groups: Sequence[Group]) -> str:
    """Which words of the query are where, the most telling place first."""
    places = (
        ("title", page.title),
        ("heading", section.heading if section.anchor else ""),
        ("keywords", " ".join(page.keywords)),
        ("text", section.text),
    )
    told: set[str] = set()
    found = []
    for place, text in places:
        labels = [label for label in matching(groups, set(terms(text))) if label.lower() not in told]
        if labels:
            found.append(f"{place}: {', '.join(labels)}")
            told.update(label.lower() for label in labels)
    return " · ".join(found) or "words of the same meaning"


def matching(groups: Sequence[Group], present: set[str]) -> Iterable[str]:
    labels = (group.label for group in groups if group.label and any(term in present for term, _ in group.terms))
    return tuple(dict.fromkeys(labels))


def best_line(section: Section, groups: Sequence[Group]) -> str:
    """The line of a section that holds most of the query; the first one when several do."""
    text = LINK.sub(r"\1", section.text)
    lines = [line.strip() for line in text.splitlines()[1 if section.anchor else 0 :]]
    candidates = [line for line in lines if line and not line.startswith(("```", "|--", "| ---", "---"))]
    if not candidates:
        return section.heading
    return shortened(max(candidates, key=lambda line: weight(line, groups)))


def weight(line: str, groups: Sequence[Group]) -> float:
    present = set(terms(line))
    return sum(max((weight for term, weight in group.terms if term in present), default=0.0) for group in groups)


def shortened(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(" ")[0] + " …"
