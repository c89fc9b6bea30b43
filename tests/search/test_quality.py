"""Search finds what people ask for: measured on judged queries, two fifths of which tuning never looked at."""

import pytest

from qb_mcp import corpus
from qb_mcp.corpus.load import bundled
from search.judged import Measures, Query, measure, read_queries

QUERIES = read_queries()
KINDS = ("identifier", "question", "synonym", "typo", "task")


def rank(text: str) -> list[str]:
    return [hit.topic for hit in corpus.search(text, 5).hits]


def measured(queries: list[Query]) -> Measures:
    return measure(queries, rank)


def test_there_are_175_queries_of_five_kinds_and_70_are_held_out() -> None:
    assert len(QUERIES) == 175
    assert sum(query.held_out for query in QUERIES) == 70
    assert {query.kind for query in QUERIES} == set(KINDS)


def test_every_judged_topic_exists() -> None:
    judged = {topic for query in QUERIES for topic in query.relevant}
    assert not sorted(judged - set(bundled().summaries))


def test_all_queries_together_reach_the_target() -> None:
    found = measured(QUERIES)
    assert found.ndcg >= 0.90
    assert found.recall >= 0.94


def test_held_out_queries_reach_the_target() -> None:
    assert measured([query for query in QUERIES if query.held_out]).ndcg >= 0.86


@pytest.mark.parametrize(
    ("kind", "least"), [("identifier", 0.90), ("question", 0.82), ("synonym", 0.90), ("typo", 0.92), ("task", 0.82)]
)
def test_no_kind_of_query_is_left_behind(kind: str, least: float) -> None:
    assert measured([query for query in QUERIES if query.kind == kind]).ndcg >= least
