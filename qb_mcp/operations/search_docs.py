"""Search over the sections of the documentation."""

from qb_mcp.corpus import SearchResult, search
from qb_mcp.errors import QbError

LONGEST_QUERY = 500


def search_docs(query: str, limit: int = 6) -> SearchResult:
    """The sections that answer a query, best first."""
    words = query.strip()
    if not words:
        raise QbError("the query is empty", "pass words from your question, such as `hide a column from members`")
    return search(words[:LONGEST_QUERY], limit)
