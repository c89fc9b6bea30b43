"""The topics of the documentation, all or those of one folder."""

from qb_mcp.corpus import TopicSummary, topics


def list_docs(under: str = "") -> tuple[TopicSummary, ...]:
    """Every topic whose key lies under a folder such as `compiler/definitions`, in order of keys."""
    folder = under.strip().strip("/").lower()
    return tuple(topic for topic in topics() if not folder or topic.key == folder or topic.key.startswith(f"{folder}/"))
