"""The tool that checks and compiles: it writes nothing unless told, and each finding says where, how to mend it and
what to read."""

from qb_mcp.operations.compiling import ERROR, WARNING, Finding, Outcome, compile_files
from qb_mcp.operations.find_project import FoundProject
from qb_mcp.operations.json_value import Json
from qb_mcp.server.project_tools import place, place_line
from qb_mcp.server.tool import (
    ENTRY,
    FLAG,
    PROJECT,
    TEXT,
    Answer,
    Call,
    Parameter,
    Tool,
    listing,
    shape,
)

MOST_FINDINGS = 40
MOST_PATHS = 60
_WRITE = Parameter("write", "boolean", "Write the files; default only checks.", aliases=("apply", "write_files"))


_CHECKS = (
    "Check the definitions of the open project: each mistake with place, fix and doc link. Call it after each edit."
)
_WRITES = "Only write: true writes API, schema and migrations."


def _compile(call: Call) -> Answer:
    project = call.project()
    outcome = compile_files(project.root, write=call.flag("write"), progress=call.progress)
    shown = sorted(outcome.findings, key=lambda finding: finding.level != ERROR)[:MOST_FINDINGS]
    following = _following(outcome, len(outcome.findings) - len(shown))
    lines = [place_line(project), _verdict(outcome), *(_finding_text(f) for f in shown), *_change_lines(outcome)]
    return Answer("\n".join([*lines, f"Next: {following}"]), _facts(project, outcome, shown, following))


def _facts(project: FoundProject, outcome: Outcome, shown: list[Finding], following: str) -> dict[str, Json]:
    return {
        **place(project),
        "ok": outcome.ok,
        "written": outcome.written,
        "errors": outcome.count(ERROR),
        "warnings": outcome.count(WARNING),
        "diagnostics": [_finding_facts(finding) for finding in shown],
        "changes": [_change_facts(kind, paths) for kind, paths in outcome.changes if paths],
        "next": following,
    }


def _finding_facts(finding: Finding) -> dict[str, Json]:
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding.message,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "fix": finding.fix,
        "doc": finding.doc,
    }


def _change_facts(kind: str, paths: tuple[str, ...]) -> dict[str, Json]:
    """Paths of what changes; of what stays the same the number is enough."""
    return {"kind": kind, "count": len(paths), "paths": () if kind == "unchanged" else paths[:MOST_PATHS]}


def _verdict(outcome: Outcome) -> str:
    counts = f"{outcome.count(ERROR)} errors, {outcome.count(WARNING)} warnings"
    if not outcome.ok:
        return f"Failed: {counts}. Nothing was written."
    return f"Compiled: {counts}. {'Files were written.' if outcome.written else 'Checked only, nothing was written.'}"


def _finding_text(finding: Finding) -> str:
    spot = f" {finding.file}:{finding.line}:{finding.column}" if finding.file else ""
    fix = f"\n  fix: {finding.fix}" if finding.fix else ""
    doc = f"\n  doc: {finding.doc}" if finding.doc else ""
    return f"{finding.level} {finding.code}{spot} {finding.message}{fix}{doc}"


def _change_lines(outcome: Outcome) -> list[str]:
    return [_change_line(kind, paths) for kind, paths in outcome.changes if paths]


def _change_line(kind: str, paths: tuple[str, ...]) -> str:
    if kind == "unchanged":
        return f"unchanged: {len(paths)}"
    more = f" and {len(paths) - MOST_PATHS} more" if len(paths) > MOST_PATHS else ""
    return f"{kind}: {', '.join(paths[:MOST_PATHS])}{more}"


def _following(outcome: Outcome, left_out: int) -> str:
    """The next step, from what came out."""
    more = f"{left_out} more findings are not shown. " if left_out else ""
    if not outcome.ok:
        return f"{more}mend the errors (get_doc reads each doc link, explain_error a code), then call compile again."
    if dict(outcome.changes).get("kept"):
        return f"{more}files edited by hand were kept; the user can overwrite them with `quickback compile --force`."
    if outcome.written:
        return f"{more}run npm install, npm run db:migrate:local and npm run dev in the project."
    return f"{more}call compile with write: true to write the files."


def compile_tool(*, read_only: bool) -> Tool:
    """The tool as offered: without the arguments that write where the server may only read."""
    return Tool(
        "compile",
        "Check or compile",
        f"{_CHECKS} {'This server is read-only: nothing is written.' if read_only else _WRITES}",
        (PROJECT,) if read_only else (_WRITE, PROJECT),
        _compile,
        shape(
            ok=FLAG,
            written=FLAG,
            diagnostics=listing(ENTRY),
            changes=listing(ENTRY),
            next=TEXT,
        ),
        writes=not read_only,
    )
