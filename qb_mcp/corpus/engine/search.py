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
LEADERS, RELATED_SHARE = 2, 0.1


class Engine:
    """Readers of the index are shared between threads, so one query runs at a time."""

    def __init__(self, corpus: Corpus, indexes: Indexes) -> None:
        self._corpus = corpus
        self._keys = tuple(corpus.summaries)
        self._places = {key: place for place, key in enumerate(self._keys)}
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
        of_pages = self._page_scorer.scores(plan.groups)
        # A page that only its keywords answer for is shown by its opening.
        shown = {page: -best[page][1] if page in best else self._starts[page] for page in of_pages}
        total = {page: score + SECTION_SHARE * best.get(page, (0.0, 0))[0] for page, score in of_pages.items()}
        self._lift_related(total)
        first = heapq.nsmallest(limit, total, key=lambda page: (-total[page], page))
        return [(shown[page], total[page]) for page in first]

    def _lift_related(self, total: dict[int, float]) -> None:
        """Pages that the best ones name as related come a little further up, if they match at all."""
        leaders = heapq.nsmallest(LEADERS, total, key=lambda page: (-total[page], page))
        lifts: dict[int, float] = {}
        for leader in leaders:
            for key in self._corpus.summaries[self._keys[leader]].related:
                page = self._places.get(key, -1)
                lifts[page] = max(lifts.get(page, 0.0), RELATED_SHARE * total[leader])
        for page in lifts.keys() & total.keys():
            total[page] += lifts[page]

    def _page_of(self, section: int) -> int:
        return bisect_right(self._starts, section) - 1

    def _hit(self, plan: Plan, number: int, score: float) -> Hit:
        place = self._page_of(number)
        page = build_page(self._corpus, self._keys[place])
        section = page.sections[number - self._starts[place]]
        why = explain(page, section, plan.groups)
        line = best_line(section, plan.groups)
        return Hit(page.key, page.title, section.heading, section.anchor, why, line, section.size, round(score, 3))
