"""Two tables with one name."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.blocks.columns.model import Table
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Project
from qb_compiler.model.record import record


@record
class DuplicateTable(Problem):
    """Two tables have the same exported name, or the same name in the database.

    # What it means
    Tables go by their exported name everywhere in the project, and by their SQL name in one database.

    # Example
    `features/jobs/notes.ts` and `features/people/notes.ts` both export `notes`.

    # Fix
    Rename one of them.

    # See
    compiler/definitions/schema#file-names
    """

    code: ClassVar[str] = "QB4017"
    slug: ClassVar[str] = "duplicate-table"
    docs: ClassVar[str] = "compiler/definitions/schema#file-names"

    name: str
    kind: str
    first: Label

    def message(self) -> str:
        return f"two tables have the {self.kind} `{self.name}`"

    def related(self) -> tuple[Label, ...]:
        return (self.first,)

    def hint(self) -> str | None:
        return "rename one of them"


PROBLEMS: tuple[type[Problem], ...] = (DuplicateTable,)


def check(project: Project) -> Iterator[Problem]:
    keys: dict[str, Table] = {}
    names: dict[str, Table] = {}
    for table in project.tables:
        first = keys.setdefault(table.key, table)
        other = names.setdefault(table.sql_name, table)
        if first is not table:
            yield DuplicateTable(table.span, table.key, "exported name", Label(first.span, "the other one"))
        elif other is not table:
            yield DuplicateTable(table.span, table.sql_name, "SQL name", Label(other.span, "the other one"))
