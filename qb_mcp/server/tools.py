"""Every tool, in the order in which clients see them; the order never changes within a version."""

from qb_mcp.server import access_tools, doc_tools, project_tools
from qb_mcp.server.compile_tool import compile_tool
from qb_mcp.server.draft_tool import DRAFT_DEFINITION
from qb_mcp.server.tool import Tool


def offered_tools(*, read_only: bool = False) -> tuple[Tool, ...]:
    """What a client is offered."""
    return (
        doc_tools.SEARCH_DOCS,
        doc_tools.GET_DOC,
        doc_tools.LIST_TOPICS,
        project_tools.LIST_FEATURES,
        project_tools.READ_FEATURE,
        project_tools.READ_CONFIG,
        project_tools.READ_SCHEMA_REGISTRY,
        DRAFT_DEFINITION,
        compile_tool(read_only=read_only),
        doc_tools.EXPLAIN_ERROR,
        access_tools.WHO_CAN,
        access_tools.DIFF_ACCESS,
    )
