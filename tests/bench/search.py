"""Measures documentation search beside plain Whoosh, SQLite FTS5 and substring search, on the judged queries.

    python tests/bench/search.py [--runs 9]

Prints quality for each system, then what a search costs: the first one in a new process over the bare interpreter, and
warm ones with snippets.
"""

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tests_folder  # noqa: F401 - see there

from qb_mcp import assets, corpus
from qb_mcp.corpus.engine.index import build, open_prebuilt
from qb_mcp.corpus.engine.library import FileStorage
from qb_mcp.corpus.engine.search import Engine
from qb_mcp.corpus.load import bundled, read_corpus
from search.judged import Query, Ranker, measure, read_queries

WORD_LIMIT = 5
KINDS = ("identifier", "question", "synonym", "typo", "task")
FIRST = """
import sys
from pathlib import Path
from qb_mcp import assets, corpus
assets.docs_index = lambda: Path(sys.argv[1])
corpus.search(sys.argv[2])
"""


def ours(query: str) -> list[str]:
    return [hit.topic for hit in corpus.search(query, WORD_LIMIT).hits]


def substring(query: str) -> list[str]:
    """Topics that hold the whole query, most occurrences first: what many servers call search."""
    wanted = query.lower()
    counts = {key: f"{key} {bundled().summaries[key].title} {body}".lower().count(wanted) for key, body in bodies()}
    return sorted((key for key, count in counts.items() if count), key=lambda key: -counts[key])[:WORD_LIMIT]


def bodies() -> list[tuple[str, str]]:
    return list(bundled().bodies.items())


def whoosh(stemming: bool) -> Ranker:
    """Whoosh as its tutorial shows it, and with stemming and OR."""
    from whoosh.analysis import StandardAnalyzer, StemmingAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.qparser import MultifieldParser, OrGroup

    analyzer = StemmingAnalyzer() if stemming else StandardAnalyzer()
    schema = Schema(key=ID(stored=True), title=TEXT(analyzer=analyzer), body=TEXT(analyzer=analyzer))
    index = FileStorage(tempfile.mkdtemp()).create_index(schema)
    writer = index.writer()
    for key, body in bodies():
        writer.add_document(key=key, title=bundled().summaries[key].title, body=body)
    writer.commit()
    options = {"group": OrGroup} if stemming else {}
    parser = MultifieldParser(["title", "body"], schema, **options)
    searcher = index.searcher()
    return lambda query: [hit["key"] for hit in searcher.search(parser.parse(query), limit=WORD_LIMIT)]


def fts5() -> Ranker:
    """SQLite FTS5 with porter stemming, words joined by OR, titles weighing more."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table docs using fts5(key unindexed, title, body, tokenize = 'porter unicode61')")
    rows = [(key, bundled().summaries[key].title, body) for key, body in bodies()]
    database.executemany("insert into docs values (?, ?, ?)", rows)

    def rank(query: str) -> list[str]:
        words = ["".join(filter(str.isalnum, word)) for word in query.split()]
        match = " OR ".join(f'"{word}"' for word in words if word)
        found = database.execute(
            "select key from docs where docs match ? order by bm25(docs, 0, 4, 1) limit ?", (match, WORD_LIMIT)
        )
        return [key for (key,) in found]

    return rank


def print_quality(queries: list[Query]) -> None:
    held = [query for query in queries if query.held_out]
    systems: list[tuple[str, Ranker]] = [
        ("this engine", ours),
        ("Whoosh, stemming, OR", whoosh(stemming=True)),
        ("Whoosh as in its tutorial", whoosh(stemming=False)),
        ("SQLite FTS5, porter, OR", fts5()),
        ("substring", substring),
    ]
    print(f"{'nDCG@5':<28}{'all':>7}{'held':>7}{'R@5':>7}{'MRR':>7}{'P@1':>7}" + "".join(f"{k[:8]:>10}" for k in KINDS))
    for name, rank in systems:
        whole = measure(queries, rank)
        figures = [whole.ndcg, measure(held, rank).ndcg, whole.recall, whole.reciprocal_rank, whole.first]
        of_kinds = [measure([query for query in queries if query.kind == kind], rank).ndcg for kind in KINDS]
        print(f"{name:<28}" + "".join(f"{f:>7.3f}" for f in figures) + "".join(f"{f:>10.3f}" for f in of_kinds))


def milliseconds(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True)
    return (time.perf_counter() - started) * 1000


def print_first_search(index: Path, runs: int) -> None:
    milliseconds("-c", FIRST, str(index), "firewall")
    floor = statistics.median(milliseconds("-c", "pass") for _ in range(runs))
    for label, query in (("first search", "how do I restore a deleted row"), ("first search, misspelt", "firewal")):
        found = statistics.median(milliseconds("-c", FIRST, str(index), query) for _ in range(runs))
        print(f"{label:<28}{found - floor:>7.0f} ms over the interpreter ({floor:.0f} ms)")


def print_warm(index: Path, queries: list[Query]) -> None:
    whole = read_corpus(assets.docs_corpus())
    opened = open_prebuilt(whole, index)
    if opened is None:
        sys.exit("the index that was just built does not open")
    engine = Engine(whole, opened)
    times = []
    for query in [*queries, *queries]:
        started = time.perf_counter()
        engine.search(query.text, WORD_LIMIT)
        times.append((time.perf_counter() - started) * 1000)
    times = sorted(times[len(queries) :])
    print(
        f"{'warm, with five snippets':<28}{statistics.median(times):>7.1f} ms p50"
        f"{times[int(len(times) * 0.95)]:>7.1f} ms p95"
    )


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its bytecode
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    queries = read_queries()
    print(f"{len(bundled().summaries)} topics, {len(queries)} queries\n")
    print_quality(queries)
    print()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        build(read_corpus(assets.docs_corpus()), Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(f"{'build of the index':<28}{time.perf_counter() - started:>7.1f} s, {size / 1_000_000:.1f} MB")
        print_first_search(Path(folder), runs)
        print_warm(Path(folder), queries)


if __name__ == "__main__":
    main()
