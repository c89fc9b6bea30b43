"""Columns and references that are not Drizzle's."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import NamesUnknown
from qb_compiler.model.record import record


@record
class UnknownBuilder(NamesUnknown):
    """A column is built by a function that is not one of the dialect's column builders.

    # What it means
    The compiler has to know the type of every column; it found a call that it cannot place.

    # Example
    id: txt("id").primaryKey()

    # Fix
    Use a column builder of the dialect that the table is declared with.

    # See
    compiler/definitions/columns#types
    """

    code: ClassVar[str] = "QB3010"
    slug: ClassVar[str] = "column-unknown-builder"
    docs: ClassVar[str] = "compiler/definitions/columns#types"

    dialect: str

    def message(self) -> str:
        return f"`{self.name}` is not a column builder of `drizzle-orm/{self.dialect}-core`"


@record
class UnknownModifier(NamesUnknown):
    """A column has a chained call that Drizzle does not have.

    # What it means
    Chained calls decide whether a column may be null, is a key, or points at another table. An
    unknown one is refused because its meaning could matter for security.

    # Example
    title: text("title").notnull()

    # Fix
    Write the modifier as Drizzle spells it.

    # See
    compiler/definitions/columns#modifiers
    """

    code: ClassVar[str] = "QB3011"
    slug: ClassVar[str] = "column-unknown-modifier"
    docs: ClassVar[str] = "compiler/definitions/columns#modifiers"

    def message(self) -> str:
        return f"columns have no `.{self.name}()`"


@record
class UnreadableReference(Problem):
    """`.references()` does not say which column it points at in a form that can be read.

    # What it means
    References are checked inside the caller's firewall, so the compiler must know the target for
    certain.

    # Example
    jobId: text("job_id").references(() => pick(jobs, "id"))

    # Fix
    Write an arrow function that returns a column of an exported table: `.references(() => jobs.id)`.

    # See
    compiler/definitions/references#ways-to-declare-one
    """

    code: ClassVar[str] = "QB3012"
    slug: ClassVar[str] = "reference-unreadable"
    docs: ClassVar[str] = "compiler/definitions/references#ways-to-declare-one"

    def message(self) -> str:
        return "`references` must return a column of an exported table"

    def hint(self) -> str | None:
        return "write `.references(() => table.column)`"


@record
class ReferencedColumnMissing(NamesUnknown):
    """`.references()` points at a column that the other table does not have.

    # What it means
    The database would refuse the foreign key.

    # Example
    jobId: text("job_id").references(() => jobs.uuid)

    # Fix
    Name a column of the referenced table, usually its `id`.

    # See
    compiler/definitions/references#ways-to-declare-one
    """

    code: ClassVar[str] = "QB4010"
    slug: ClassVar[str] = "reference-unknown-column"
    docs: ClassVar[str] = "compiler/definitions/references#ways-to-declare-one"

    table: str

    def message(self) -> str:
        return f"`references` points at `{self.table}.{self.name}`, which does not exist"
