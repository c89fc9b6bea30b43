"""The tools that answer who may do what, exactly, from the definitions as they are: no guessing from source text."""

from pathlib import Path
from typing import TYPE_CHECKING

from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import CONFIG
from qb_mcp.operations.json_value import Json
from qb_mcp.operations.text import one_line
from qb_mcp.server.project_tools import place, place_line
from qb_mcp.server.tool import ENTRY, FLAG, PROJECT, TEXT, Answer, Call, Parameter, Tool, listing, shape

if TYPE_CHECKING:
    from qb_compiler.analysis.difference import Change
    from qb_compiler.analysis.matrix import Cell

MOST_LINES = 120
_MASKED = ("masked", "masked unless owner")


def _who_can(call: Call) -> Answer:
    from qb_mcp.operations.access import access_matrix, ask_who_can  # noqa: PLC0415 - loads the compiler

    project = call.project()
    target, verb = call.text("target"), call.optional("verb")
    if verb:
        answer = ask_who_can(project.root, verb, target)
        cells, refused = answer.cells, answer.refused
    else:
        cells, refused = _overview(access_matrix(project.root, target.partition(".")[0]), target), ()
    rows = [_cell_facts(cell) for cell in cells[:MOST_LINES]]
    lines = [_cell_line(row) for row in rows]
    nobody = [f"Nobody else: {', '.join(refused)} cannot."] if refused else []
    facts = {**place(project), "target": target, "can": rows, "cannot": refused}
    return Answer("\n".join([place_line(project), *(lines or ["Nobody can."]), *nobody]), facts)


def _overview(cells: "tuple[Cell, ...]", target: str) -> "tuple[Cell, ...]":
    """What somebody can do to the table, or to one column of it, and where a column is masked."""
    column = target.partition(".")[2]
    if column and not any(cell.column == column for cell in cells):
        names = ", ".join(sorted({cell.column for cell in cells if cell.column})[:20])
        raise QbError(f"no column `{one_line(column, 60)}` of that table can be reached", f"columns: {names}")
    return tuple(
        cell
        for cell in cells
        if cell.verdict != "no"
        and (cell.column == column if column else cell.column is None or cell.verdict in _MASKED)
    )


def _cell_facts(cell: "Cell") -> dict[str, Json]:
    return {
        "who": cell.subject,
        "operation": cell.operation,
        "column": cell.column or "",
        "verdict": str(cell.verdict),
        "rows": cell.rows,
        "rule": f"{cell.span.file.path}:{cell.span.line}",
    }


def _cell_line(row: dict[str, Json]) -> str:
    column = f" {row['column']}" if row["column"] else ""
    return f"{row['who']} {row['operation']}{column}: {row['verdict']}, where {row['rows']} ({row['rule']})"


WHO_CAN = Tool(
    "who_can",
    "Ask who can do what",
    "Answer who can read or change a table or column: each role with operation, rows and deciding rule. Leave verb out"
    " for everything. For changes since a revision use diff_access.",
    (
        Parameter(
            "target", "string", "Table, table.column or `feature NAME`.", True, aliases=("table", "resource", "name")
        ),
        Parameter("verb", "string", "read, write, or an operation or action name.", aliases=("action", "operation")),
        PROJECT,
    ),
    _who_can,
    shape(
        can=listing(ENTRY),
        cannot=listing(TEXT),
    ),
)


def _diff_access(call: Call) -> Answer:
    from qb_mcp.operations.access import diff_access  # noqa: PLC0415 - loads the compiler
    from qb_mcp.operations.revision import checked_revision, state  # noqa: PLC0415 - as above

    project = call.project()
    revision = checked_revision(call.text("revision", "HEAD"))
    if (Path(revision) / CONFIG).exists():
        raise QbError(f"`{one_line(revision)}` is a folder", "pass a git revision such as `main` or `HEAD~1`")
    with state(project.root, revision) as before:
        changes = diff_access(before, project.root)
    lines = [_change_line(change) for change in changes[:MOST_LINES]]
    widened = sum(change.may_widen for change in changes)
    head = f"{len(changes)} changes since {revision}, {widened} of them may open something."
    more = [f"{len(changes) - MOST_LINES} more are not shown."] if len(changes) > MOST_LINES else []
    facts = {**place(project), "revision": revision, "may_widen": widened > 0, "changes": [*lines, *more]}
    return Answer("\n".join([place_line(project), head, *lines, *more]), facts)


def _change_line(change: "Change") -> str:
    column = f" {change.column}" if change.column else ""
    what = f"{change.table} {change.operation}{column} for {change.subject}"
    return f"{change.direction}: {what}: {change.aspect} from [{change.before}] to [{change.after}]"


DIFF_ACCESS = Tool(
    "diff_access",
    "Compare access",
    "Compare who can do what now with a git revision: what became wider or narrower. Call it before handing over"
    " changed definitions; for the present alone use who_can.",
    (
        Parameter("revision", "string", "Git revision; default HEAD.", aliases=("base", "ref", "commit", "since")),
        PROJECT,
    ),
    _diff_access,
    shape(may_widen=FLAG, changes=listing(TEXT)),
)
