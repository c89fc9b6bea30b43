"""The tool that drafts a definition. It answers with text alone, as source in structured content would reach the model
as an escaped string, and it never touches a file: the assistant writes, so that its user sees the edit."""

from typing import cast

from qb_mcp.server.tool import Answer, Call, Parameter, Tool

_NAME = "Table, e.g. job-postings."
_COLUMNS = (
    "name:type, e.g. title:text, due:timestamp? (optional), state:open|done. Types: text, integer, real, decimal,"
    " boolean, timestamp, json. Of an action: its input."
)
_SCOPE = "organization (default); owner: own rows in it; personal: own rows, no organization; shared: all signed in."


def _draft(call: Call) -> Answer:
    from qb_mcp.operations.drafts.action import draft_action  # noqa: PLC0415 - loads a part of the compiler
    from qb_mcp.operations.drafts.scopes import Scope  # noqa: PLC0415 - as above
    from qb_mcp.operations.drafts.table import draft_table  # noqa: PLC0415 - as above
    from qb_mcp.operations.drafts.wish import Operation, Words, read_wish  # noqa: PLC0415 - as above

    words = Words(
        call.text("table"),
        call.text("feature"),
        cast("Scope", call.text("scope", "organization")),
        call.texts("columns"),
        cast("tuple[Operation, ...]", call.texts("operations")),
    )
    action = call.optional("action")
    draft = draft_action(read_wish(words), action) if action else draft_table(read_wish(words))
    head = f"Draft of {draft.path}. Nothing was written."
    notes = " ".join([*draft.notes, "Next: write the file, adapt it, then call compile."])
    return Answer(f"{head}\n\n```ts\n{draft.text}```\n\n{notes}")


DRAFT_DEFINITION = Tool(
    "draft_definition",
    "Draft a table or an action",
    "Draft the source of a new table, or of an action on one, with least privilege. Returns text for you to write;"
    " writes nothing. To change what exists use read_feature and edit.",
    (
        Parameter("table", "string", _NAME, True, ("name", "table_name", "tableName", "resource")),
        Parameter("feature", "string", "Folder; default the table's name.", aliases=("folder",)),
        Parameter("action", "string", "Action to draft, e.g. approve.", aliases=("action_name", "actionName")),
        Parameter("columns", "array", _COLUMNS, aliases=("fields", "input")),
        Parameter(
            "scope",
            "string",
            _SCOPE,
            choices=("organization", "owner", "personal", "shared", "public"),
            aliases=("firewall",),
        ),
        Parameter(
            "operations",
            "array",
            "Default all.",
            choices=("list", "get", "create", "update", "delete"),
            aliases=("crud",),
        ),
    ),
    _draft,
)
