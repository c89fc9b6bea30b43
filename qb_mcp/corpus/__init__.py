"""The documentation: what topics there are, one topic by name, and search over all of them.

`model.py` says what the answers look like, `load.py` reads the topics, `names.py` finds a topic by name, `find.py`
searches with the engine in `engine/`. Importing this package loads neither Whoosh nor rapidfuzz.
"""

from qb_mcp.corpus.find import forget, search, warm
from qb_mcp.corpus.load import page, topics
from qb_mcp.corpus.model import Correction, Hit, Lookup, Page, SearchResult, Section, TopicSummary
from qb_mcp.corpus.names import lookup

__all__ = [
    "Correction",
    "Hit",
    "Lookup",
    "Page",
    "SearchResult",
    "Section",
    "TopicSummary",
    "forget",
    "lookup",
    "page",
    "search",
    "topics",
    "warm",
]
