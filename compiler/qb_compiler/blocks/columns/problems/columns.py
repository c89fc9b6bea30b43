"""Columns that a table needs, or has twice."""

from typing import ClassVar

from qb_compiler.blocks.columns.problems.shape import TOPIC
from qb_compiler.diagnostics.diagnostic import Edit, Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class PrimaryKeyMissing(Problem):
    """A table with routes has no single primary key column.

    # What it means
    `GET /:id`, PATCH and DELETE address a row by one column. A composite key is fine for an internal
    table.

    # Example
    export const jobs = sqliteTable("jobs", { id: text("id"), title: text("title") });

    # Fix
    Mark one column with `.primaryKey()`.

    # See
    compiler/definitions/columns#types
    """

    code: ClassVar[str] = "QB4011"
    slug: ClassVar[str] = "primary-key-missing"
    docs: ClassVar[str] = "compiler/definitions/columns#types"

    table: str
    id_column: Span | None

    def message(self) -> str:
        return f"`{self.table}` has routes but no primary key column"

    def hint(self) -> str | None:
        return "write `.primaryKey()` on its id column"

    def edits(self) -> tuple[Edit, ...]:
        if self.id_column is None:
            return ()
        place = Span(self.id_column.file, self.id_column.end, self.id_column.end)
        return (Edit(place, ".primaryKey()"),)


@record
class AuditColumnMisfit(Problem):
    """A declared audit column has a type that the generated code cannot fill.

    # What it means
    `createdAt`, `modifiedAt`, `deletedAt` and their `…By` columns are added and filled by the
    compiler. They hold ISO 8601 text or a user id, so a declared one must be a plain `text` column.

    # Example
    createdAt: integer("created_at", { mode: "timestamp" })

    # Fix
    Remove the column (it is added for you), or declare it as `text`.

    # See
    compiler/definitions/audit-fields
    """

    code: ClassVar[str] = "QB4012"
    slug: ClassVar[str] = "audit-column-misfit"
    docs: ClassVar[str] = "compiler/definitions/audit-fields"

    column: str

    def message(self) -> str:
        return f"`{self.column}` is an audit column that the compiler fills with text"

    def hint(self) -> str | None:
        return "remove it: the compiler adds it"


@record
class TenantSpanningUnique(Problem):
    """A unique column spans all organizations.

    # What it means
    Creating a row with a value that another organization already uses answers 409. That tells one
    tenant what another one has.

    # Example
    email: text("email").notNull().unique()

    # Fix
    Make it unique per organization: a `uniqueIndex` on the scope column and this one. Of a `feature`, the option
    `unique: [["organizationId", "email"]]`.

    # See
    compiler/definitions/schema#unique-per-organization
    """

    code: ClassVar[str] = "QB4013"
    slug: ClassVar[str] = "unique-spans-tenants"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#unique-per-organization"

    table: str
    columns: tuple[str, ...]
    scope: str
    is_feature: bool
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        names = " and ".join(f"`{column}`" for column in self.columns)
        return f"{names} of `{self.table}` must be unique across all organizations"

    def label(self) -> str:
        return "a 409 here tells one organization what another one has"

    def hint(self) -> str | None:
        if self.is_feature:
            listed = ", ".join(f'"{column}"' for column in (self.scope, *self.columns))
            return f"for unique per organization: `unique: [[{listed}]]` beside `columns`"
        listed = ", ".join(f"table.{column}" for column in (self.scope, *self.columns))
        name = "_".join((self.table, *self.columns, "unique"))
        return f'for unique per organization: `uniqueIndex("{name}").on({listed})`'

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class DuplicateColumn(Problem):
    """Two columns of a table have the same name in the database.

    # What it means
    The property names differ, but both write to one SQL column.

    # Example
    title: text("title"), heading: text("title")

    # Fix
    Give each column its own SQL name.

    # See
    compiler/definitions/columns#types
    """

    code: ClassVar[str] = "QB4014"
    slug: ClassVar[str] = "column-duplicate-sql-name"
    docs: ClassVar[str] = "compiler/definitions/columns#types"

    column: str
    first: Label

    def message(self) -> str:
        return f"the SQL name `{self.column}` is used twice"

    def hint(self) -> str | None:
        return "give this column an SQL name of its own"

    def related(self) -> tuple[Label, ...]:
        return (self.first,)


@record
class InternalTableUnscoped(Problem):
    """An internal table of a mixed feature does not say whose rows it holds.

    # What it means
    Internal tables get `organizationId` when every table with routes in their feature is scoped by organization.
    Here some are and some are not, so the compiler does not guess.

    # Example
    A feature with `jobs` (firewall organization), `skills` (firewall exception) and an internal `jobSkills` without
    a scope.

    # Fix
    Add `organizationId: text("organization_id").notNull()` to the table, or move it to a feature of its own.

    # See
    compiler/definitions/internal-tables#what-is-added
    """

    code: ClassVar[str] = "QB4015"
    slug: ClassVar[str] = "internal-table-unscoped"
    docs: ClassVar[str] = "compiler/definitions/internal-tables#what-is-added"

    table: str
    other: str
    added: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"`{self.table}` has no scope, and not every table of its feature is scoped by organization"

    def label(self) -> str:
        return f"`{self.other}` beside it is not"

    def hint(self) -> str | None:
        return "add `organizationId` to it, or move it to the feature folder whose tables share its scope"

    def edits(self) -> tuple[Edit, ...]:
        return self.added
