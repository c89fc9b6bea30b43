"""Scores pages and sections: BM25 over groups, where the best alternative of a group counts."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from qb_mcp.corpus.engine.index import FIELD, WhooshIndex
from qb_mcp.corpus.engine.library import BM25F
from qb_mcp.corpus.engine.plan import Group

WEIGHTING = BM25F(B=0.7, K1=2.0)

# Whoosh has no types; this is its Searcher.
Searcher: TypeAlias = Any


def open_searcher(index: WhooshIndex) -> Searcher:
    return index.searcher(weighting=WEIGHTING)


def scores(searcher: Searcher, groups: Sequence[Group]) -> dict[int, float]:
    """Score by document number. A flat loop over the postings: twice as fast as Whoosh's query objects, same order."""
    total: dict[int, float] = {}
    for group in groups:
        for document, score in best_of_group(searcher, group).items():
            total[document] = total.get(document, 0.0) + score
    return total


def best_of_group(searcher: Searcher, group: Group) -> dict[int, float]:
    best: dict[int, float] = {}
    reader = searcher.reader()
    for term, weight in group.terms:
        if (FIELD, term) not in reader:
            continue
        matcher = reader.postings(FIELD, term)
        scorer = WEIGHTING.scorer(searcher, FIELD, term)
        while matcher.is_active():
            document = matcher.id()
            best[document] = max(best.get(document, 0.0), scorer.score(matcher) * weight)
            matcher.next()
    return best
