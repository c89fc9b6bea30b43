"""Search over the bundled topics. The first query loads the engine, so that a starting server does not wait for it."""

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from qb_mcp import assets
from qb_mcp.corpus.load import bundled, page
from qb_mcp.corpus.model import SearchResult

if TYPE_CHECKING:
    from qb_mcp.corpus.engine.search import Engine

DEFAULT_LIMIT = 5
_opening = Lock()


@cache
def _engine() -> "Engine":
    # Whoosh takes a while to load, which only those who search should wait for.
    from qb_mcp.corpus.engine.index import open_index  # noqa: PLC0415
    from qb_mcp.corpus.engine.search import Engine  # noqa: PLC0415

    corpus = bundled()
    return Engine(corpus, open_index(corpus, assets.docs_index()))


def search(query: str, limit: int = DEFAULT_LIMIT) -> SearchResult:
    """The sections that answer a query best, at most one per topic."""
    with _opening:
        engine = _engine()
    return engine.search(query, limit)


def warm() -> None:
    """Loads the engine ahead of the first query; for a background thread."""
    search("firewall")


def forget() -> None:
    """Reads the topics anew from now on: what lies on disk has changed under a running process."""
    with _opening:
        for remembered in (bundled, page, _engine):
            remembered.cache_clear()
