"""Answers `who can read candidates.email?` from the matrix."""

from qb_compiler.analysis.matrix import Cell, Verdict, access_matrix
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource

READ_WORDS = ("read", "see", "view")
WRITE_WORDS = ("write", "change", "set", "edit")


class UnknownName(ValueError):
    """The question names something the project does not have; `candidates` are close names."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


@record
class Answer:
    """`cells` are those that are not `no`, with the operation each goes through; `refused` are the other subjects.

    `table` is `feature <name>` for actions without a table.
    """

    verb: str
    table: str
    column: str | None
    cells: tuple[Cell, ...]
    refused: tuple[str, ...]


def find_resource(project: Project, name: str) -> Resource:
    found = next((r for r in project.resources if name in (r.key, r.route)), None)
    if found:
        return found
    names = [*(resource.key for resource in project.resources), *acting_features(project)]
    raise UnknownName(f"there is no table `{name}`", nearest(name, names, 3) or tuple(names[:5]))


def check_column(resource: Resource, column: str | None) -> None:
    if column and not resource.table.has(column):
        names = [c.name for c in resource.table.columns]
        raise UnknownName(f"`{resource.key}` has no column `{column}`", nearest(column, names, 3))


def is_asked(cell: Cell, verb: str) -> bool:
    """Reads are list, get and views; writes are everything that stores a column; else the operation's own name."""
    reads = cell.operation in {"list", "get"} or cell.operation.startswith("view ")
    if verb in READ_WORDS:
        return reads
    if verb in WRITE_WORDS:
        return not reads
    return cell.operation == verb or cell.operation.partition(" ")[2] == verb


def acting_features(project: Project) -> tuple[str, ...]:
    """What actions without a table are asked for by: `feature <name>` of each feature that has some."""
    return tuple(f"feature {feature.name}" for feature in project.features if feature.actions)


def named(project: Project, target: str) -> tuple[str, str | None]:
    """The table, or `feature <name>`, and the column that a target names."""
    if target in acting_features(project):
        return target, None
    table, _, column = target.partition(".")
    resource = find_resource(project, table)
    check_column(resource, column or None)
    return resource.key, column or None


def who_can(project: Project, verb: str, target: str) -> Answer:
    """`verb` is read, write, or an operation (`create`, `approve`); `target` is `table`, `table.column`, or
    `feature <name>` for actions without a table.

    Raises UnknownName with close names.
    """
    table, column = named(project, target)
    matrix = access_matrix(project, table)
    if not any(is_asked(cell, verb) for cell in matrix):
        names = sorted({"read", "write"} | {cell.operation for cell in matrix})
        raise UnknownName(f"`{table}` has no operation `{verb}`", nearest(verb, names, 3) or tuple(names))
    asked = [cell for cell in matrix if is_asked(cell, verb) and cell.column == column]
    allowed = tuple(cell for cell in asked if cell.verdict is not Verdict.NO)
    able = {cell.subject for cell in allowed}
    everyone = dict.fromkeys(cell.subject for cell in matrix)
    return Answer(verb, table, column, allowed, tuple(name for name in everyone if name not in able))
