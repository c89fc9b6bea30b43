"""The topics of the documentation, all or those of one folder."""

from qb_mcp.corpus import TopicSummary, topics
from qb_mcp.errors import QbError
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.text import one_line


def list_docs(under: str = "") -> tuple[TopicSummary, ...]:
    """Every topic whose key lies under a folder such as `compiler/definitions`, in order of keys."""
    folder = under.strip().strip("/").lower()
    found = tuple(
        topic for topic in topics() if not folder or topic.key == folder or topic.key.startswith(f"{folder}/")
    )
    if not found:
        folders = sorted({topic.key.rpartition("/")[0] for topic in topics()} - {""})
        listed = ", ".join(f"`{name}`" for name in nearest_names(folder, folders) or folders)
        raise QbError(f"no topics under `{one_line(under, 60)}`", f"folders: {listed}")
    return found
