"""Who may do what in a project: the access matrix, one question, and the difference to another state."""

from pathlib import Path

from qb_compiler import check_project
from qb_compiler.analysis import matrix, who_can
from qb_compiler.analysis.difference import Change, difference
from qb_compiler.model.project import Project
from qb_mcp.errors import QbError
from qb_mcp.operations.text import one_line

MEND = "call `compile` (`quickback check` on the command line), mend what it finds, then ask again"

_FEW = 3


def load_model(root: Path, definitions: str = "the definitions", advice: str = MEND) -> Project:
    """The project's model, or an error that says to mend the definitions first."""
    result = check_project(root)
    if result.project is None or not result.ok:
        errors = [d for d in result.diagnostics if d.level == "error"]
        first = one_line(f"{errors[0].code}: {errors[0].message}") if errors else "they cannot be read"
        raise QbError(f"{definitions} have errors ({first})", advice)
    return result.project


def access_matrix(root: Path, table: str | None = None) -> tuple[matrix.Cell, ...]:
    """Every cell of the matrix, of one table where it is named."""
    project = load_model(root)
    if table and table not in who_can.acting_features(project):
        _found(project, table)
    return matrix.access_matrix(project, table)


def _found(project: Project, table: str) -> None:
    try:
        who_can.find_resource(project, table)
    except who_can.UnknownName as unknown:
        raise QbError(one_line(str(unknown)), _choices(unknown)) from None


def _choices(unknown: who_can.UnknownName) -> str:
    names = [f"`{name}`" for name in unknown.candidates]
    if len(names) > _FEW:
        return f"there are {', '.join(names)}"
    return f"did you mean {' or '.join(names)}?" if names else ""


def ask_who_can(root: Path, verb: str, target: str) -> who_can.Answer:
    """Who may `read` (or `write`, `create`, …) `table`, `table.column` or what `feature <name>` has, and how."""
    project = load_model(root)
    try:
        return who_can.who_can(project, verb, target)
    except who_can.UnknownName as unknown:
        raise QbError(one_line(str(unknown)), _choices(unknown)) from None


def diff_access(before: Path, after: Path) -> tuple[Change, ...]:
    """What became wider, narrower or different from one state of a project to another."""
    earlier = load_model(before, "the definitions of the earlier state", "compare with a state that compiles")
    return difference(earlier, load_model(after))
