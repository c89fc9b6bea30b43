"""Scores documents: BM25 over groups, where the best alternative of a group counts.

The postings come from Whoosh; the formula stands here, because Whoosh's own searcher takes 10 ms to load and twice as
long for a query, for the same order.
"""

from collections.abc import Sequence
from math import log
from typing import Any, TypeAlias

from qb_mcp.corpus.engine.index import FIELD, WhooshIndex
from qb_mcp.corpus.engine.plan import Group

# How much a long document is held back, and how soon more occurrences stop counting.
LENGTH, SATURATION = 0.7, 2.0

# Whoosh has no types; this is its IndexReader.
Reader: TypeAlias = Any


class Scorer:
    """One opened index."""

    def __init__(self, index: WhooshIndex) -> None:
        self._reader: Reader = index.reader()
        self._documents: int = self._reader.doc_count_all()
        self._average: float = self._reader.field_length(FIELD) / max(self._documents, 1) or 1.0

    def scores(self, groups: Sequence[Group]) -> dict[int, float]:
        """Score by document number."""
        total: dict[int, float] = {}
        for group in groups:
            for document, score in self._best_of(group).items():
                total[document] = total.get(document, 0.0) + score
        return total

    def _best_of(self, group: Group) -> dict[int, float]:
        best: dict[int, float] = {}
        for term, weight in group.terms:
            for document, score in self._of_term(term).items():
                best[document] = max(best.get(document, 0.0), score * weight)
        return best

    def _of_term(self, term: str) -> dict[int, float]:
        if (FIELD, term) not in self._reader:
            return {}
        rarity = log(self._documents / (self._reader.doc_frequency(FIELD, term) + 1)) + 1
        matcher = self._reader.postings(FIELD, term)
        found: dict[int, float] = {}
        while matcher.is_active():
            found[matcher.id()] = rarity * self._weight(matcher.weight(), matcher.id())
            matcher.next()
        return found

    def _weight(self, occurrences: float, document: int) -> float:
        length = self._reader.doc_field_length(document, FIELD) / self._average
        held_back = SATURATION * (1 - LENGTH + LENGTH * length)
        return float(occurrences * (SATURATION + 1) / (occurrences + held_back))
