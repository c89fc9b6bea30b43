"""The judged queries, and the usual measures over a function that answers a query with topics.

The queries and their grades were written before any page and any synonym. When the pages stood, what three engines put
first and nobody had judged was graded once, for all queries alike.
"""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TypeAlias

QUERIES = Path(__file__).with_name("queries.json")
DEPTH = 5
RELEVANT = 2
Ranker: TypeAlias = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Query:
    """`relevant` grades topics: 3 answers the query, 2 helps as well, 1 is related."""

    text: str
    kind: str
    held_out: bool
    relevant: dict[str, int]


@dataclass(frozen=True)
class Measures:
    ndcg: float
    recall: float
    reciprocal_rank: float
    first: float


def read_queries() -> list[Query]:
    found = json.loads(QUERIES.read_text(encoding="utf-8"))
    return [Query(one["query"], one["kind"], one["held_out"], one["relevant"]) for one in found]


def gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def ndcg(query: Query, topics: Sequence[str]) -> float:
    best = gain(sorted(query.relevant.values(), reverse=True)[:DEPTH])
    return gain(query.relevant.get(topic, 0) for topic in topics[:DEPTH]) / best


def good(query: Query) -> set[str]:
    return {topic for topic, grade in query.relevant.items() if grade >= RELEVANT}


def recall(query: Query, topics: Sequence[str]) -> float:
    wanted = good(query)
    return len(wanted & set(topics[:DEPTH])) / min(DEPTH, len(wanted))


def reciprocal_rank(query: Query, topics: Sequence[str]) -> float:
    place = next((place for place, topic in enumerate(topics, 1) if topic in good(query)), None)
    return 1 / place if place else 0.0


def measure(queries: Sequence[Query], rank: Ranker) -> Measures:
    answers = [(query, rank(query.text)) for query in queries]
    return Measures(
        fmean(ndcg(query, topics) for query, topics in answers),
        fmean(recall(query, topics) for query, topics in answers),
        fmean(reciprocal_rank(query, topics) for query, topics in answers),
        fmean(float(bool(topics) and topics[0] in good(query)) for query, topics in answers),
    )
