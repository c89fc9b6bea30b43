"""One opened corpus that answers queries with sections."""

import heapq
from bisect import bisect_right
from threading import Lock

from qb_mcp.corpus.engine.index import Indexes
from qb_mcp.corpus.engine.plan import Plan, make_plan
from qb_mcp.corpus.engine.ranking import Scorer
from qb_mcp.corpus.engine.snippet import best_line, explain
from qb_mcp.corpus.load import build_page
from qb_mcp.corpus.model import Corpus, Correction, Hit, SearchResult

SECTION_SHARE = 0.5


class Engine:
    """Readers of the index are shared between threads, so one query runs at a time."""

    def __init__(self, corpus: Corpus, indexes: Indexes) -> None:
        self._corpus = corpus
        self._keys = tuple(corpus.summaries)
        self._starts = indexes.starts
        self._vocabulary = indexes.vocabulary
        self._page_scorer = Scorer(indexes.pages)
        self._section_scorer = Scorer(indexes.sections)
        self._lock = Lock()

    def search(self, query: str, limit: int) -> SearchResult:
        """The best section of each of the best pages."""
        plan = make_plan(self._vocabulary, query)
        with self._lock:
            ranked = self._rank(plan, limit)
        hits = tuple(self._hit(plan, section, score) for section, score in ranked)
        return SearchResult(hits, tuple(Correction(typed, used) for typed, used in plan.corrected.items()))

    def _rank(self, plan: Plan, limit: int) -> list[tuple[int, float]]:
        """(section, score) of the best pages, a page's score being its own and a share of its best section's."""
        best: dict[int, tuple[float, int]] = {}
        for section, score in self._section_scorer.scores(plan.groups).items():
            page = self._page_of(section)
            best[page] = max(best.get(page, (0.0, 0)), (score, -section))
        found = []
        for page, score in self._page_scorer.scores(plan.groups).items():
            # A page that only its keywords answer for is shown by its opening.
            of_section, section = best.get(page, (0.0, -self._starts[page]))
            found.append((-section, score + SECTION_SHARE * of_section))
        return heapq.nsmallest(limit, found, key=lambda entry: (-entry[1], entry[0]))

    def _page_of(self, section: int) -> int:
        return bisect_right(self._starts, section) - 1

    def _hit(self, plan: Plan, number: int, score: float) -> Hit:
        place = self._page_of(number)
        page = build_page(self._corpus, self._keys[place])
        section = page.sections[number - self._starts[place]]
        why = explain(page, section, plan.groups)
        line = best_line(section, plan.groups)
        return Hit(page.key, page.title, section.heading, section.anchor, why, line, section.size, round(score, 3))
