"""One opened corpus that answers queries with sections."""

import heapq
from threading import Lock

from qb_mcp.corpus.engine.index import Indexes, all_sections
from qb_mcp.corpus.engine.plan import Plan, make_plan
from qb_mcp.corpus.engine.ranking import open_searcher, scores
from qb_mcp.corpus.engine.snippet import best_line, explain
from qb_mcp.corpus.model import Corpus, Correction, Hit, SearchResult

SECTION_SHARE = 0.5


class Engine:
    """Readers of the index are shared between threads, so one query runs at a time."""

    def __init__(self, corpus: Corpus, indexes: Indexes) -> None:
        self._sections = tuple(all_sections(corpus))
        self._pages = tuple(corpus.summaries)
        # A page that only its keywords answer for is shown by its opening.
        self._openings = {page.key: n for n, (page, section) in enumerate(self._sections) if section.level == 1}
        self._vocabulary = indexes.vocabulary
        self._page_searcher = open_searcher(indexes.pages)
        self._section_searcher = open_searcher(indexes.sections)
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
        of_pages = {self._pages[number]: score for number, score in scores(self._page_searcher, plan.groups).items()}
        best: dict[str, tuple[float, int]] = {}
        for number, score in scores(self._section_searcher, plan.groups).items():
            key = self._sections[number][0].key
            best[key] = max(best.get(key, (0.0, 0)), (score, -number))
        found = []
        for key, score in of_pages.items():
            of_section, number = best.get(key, (0.0, -self._openings[key]))
            found.append((-number, score + SECTION_SHARE * of_section))
        return heapq.nsmallest(limit, found, key=lambda entry: (-entry[1], entry[0]))

    def _hit(self, plan: Plan, number: int, score: float) -> Hit:
        page, section = self._sections[number]
        why = explain(page, section, plan.groups)
        line = best_line(section, plan.groups)
        return Hit(page.key, page.title, section.heading, section.anchor, why, line, section.size, round(score, 3))
