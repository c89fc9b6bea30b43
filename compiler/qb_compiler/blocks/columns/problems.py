"""What can be wrong with tables and columns."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import NamesUnknown, Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record
from qb_compiler.span import Span

TOPIC = "compiler/definitions/schema"


@record
class UnknownTableOption(UnknownKey):
    """`defineTable`, or a Drizzle option, has a key that the compiler does not know.

    # What it means
    Unknown keys are refused instead of ignored: a misspelled `firewal` would otherwise leave a table
    open.

    # Example
    export default defineTable(jobs, { firewal: { organization: {} } });

    # Fix
    Write the key as the suggestion says, or remove it.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3001"
    slug: ClassVar[str] = "table-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"


@record
class WrongTableValue(WrongValue):
    """A part of a table definition has the wrong type.

    # What it means
    The compiler reads this place as data and found another kind of value than it can use.

    # Example
    export const jobs = sqliteTable("jobs", { id: text("id").primaryKey(), title: "text" });

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/columns#types
    """

    code: ClassVar[str] = "QB3002"
    slug: ClassVar[str] = "table-wrong-value"
    docs: ClassVar[str] = "compiler/definitions/columns#types"


SHAPE = Shape(WrongTableValue, UnknownTableOption)


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


@record
class SeveralTables(Problem):
    """A file declares several tables beside one `defineTable` default export.

    # What it means
    One file holds one security boundary. With two tables in it, it would be unclear whose rules
    apply to which.

    # Example
    export const jobs = sqliteTable("jobs", { … });
    export const notes = sqliteTable("notes", { … });
    export default defineTable(jobs, { … });

    # Fix
    Move each other table to a file of its own in the same feature folder, and import it where it is needed.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3013"
    slug: ClassVar[str] = "several-tables-in-file"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    table: str
    public: str
    file_name: str
    others: tuple[Label, ...] = ()

    def message(self) -> str:
        return f"`{self.table}` shares a file with `defineTable({self.public}, …)`"

    def label(self) -> str:
        return f"move this table to `{self.file_name}`"

    def related(self) -> tuple[Label, ...]:
        return self.others

    def hint(self) -> str | None:
        return (
            f'move it to `{self.file_name}` and write `import {{ {self.table} }} from "./{self.file_name[:-3]}"` here'
        )


@record
class NotExported(Problem):
    """The table that `defineTable` secures is not exported from the file.

    # What it means
    The generated code imports the table by its exported name, which also names it in the API's
    registry.

    # Example
    const jobs = sqliteTable("jobs", { … });
    export default defineTable(jobs, { … });

    # Fix
    Write `export` in front of the declaration.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3014"
    slug: ClassVar[str] = "table-not-exported"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    declaration: Span | None = None

    def message(self) -> str:
        return "the first argument of `defineTable` must be a table that is exported"

    def hint(self) -> str | None:
        return "declare it as `export const name = sqliteTable(…)`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.declaration, "export "),) if self.declaration else ()


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


@record
class SecuredTwice(Problem):
    """Two files define routes for one table.

    # What it means
    A table has one security boundary. With two, it would be unclear which one holds.

    # Example
    `jobs.ts` and `open-jobs.ts` both export `defineTable(jobs, …)`.

    # Fix
    Keep one, and use views for other selections of columns.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB4016"
    slug: ClassVar[str] = "table-secured-twice"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    table: str
    first: Label

    def message(self) -> str:
        return f"`{self.table}` has two `defineTable`"

    def hint(self) -> str | None:
        return "keep one `defineTable`, and offer other selections of columns as `views` of it"

    def related(self) -> tuple[Label, ...]:
        return (self.first,)


@record
class ResourceRenamed(Problem):
    """A table is secured with `defineResource`, the old name of `defineTable`.

    # What it means
    It is read as before. A later version will not know it.

    # Example
    export default defineResource(jobs, { … });

    # Fix
    Write `defineTable`, in the import too.

    # See
    compiler/definitions/schema#gotchas
    """

    code: ClassVar[str] = "QB3015"
    slug: ClassVar[str] = "define-resource-deprecated"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    def message(self) -> str:
        return "`defineResource` is the old name of `defineTable`"

    def hint(self) -> str | None:
        return "write `defineTable`, in the import too"


@record
class UnknownDefinition(NamesUnknown):
    """A default export calls a function of `@quickback/compiler` that does not exist.

    # What it means
    A misspelled `defineTable` would leave the table without routes, and its rules unread.

    # Example
    export default defineTabel(jobs, { firewall: { organization: {} } });

    # Fix
    Write the function as the suggestion says, in the import too.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3016"
    slug: ClassVar[str] = "definition-unknown-function"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    def message(self) -> str:
        return f"`@quickback/compiler` has no function `{self.name}`"

    def hint(self) -> str | None:
        if self.name == "feature":
            return "the later `feature(…)` form is not built: write a Drizzle table and `defineTable(table, { … })`"
        return NamesUnknown.hint(self)


@record
class DefaultNotDefinition(Problem):
    """A file declares a table, and its default export is something else than a definition.

    # What it means
    The default export of such a file is `defineTable(…)`, or there is none and the table is internal. Rules that
    stand in a plain object would not be read.

    # Example
    export const jobs = sqliteTable("jobs", { … });
    export default { firewall: { organization: {} } };

    # Fix
    Write `export default defineTable(jobs, { … })`, or remove the default export.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3017"
    slug: ClassVar[str] = "default-not-a-definition"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    expected: str

    def message(self) -> str:
        return f"the default export of this file must be `{self.expected}`"

    def hint(self) -> str | None:
        return f"write `export default {self.expected}`"


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownTableOption,
    WrongTableValue,
    UnknownBuilder,
    UnknownModifier,
    UnreadableReference,
    SeveralTables,
    NotExported,
    ResourceRenamed,
    UnknownDefinition,
    DefaultNotDefinition,
    ReferencedColumnMissing,
    PrimaryKeyMissing,
    AuditColumnMisfit,
    TenantSpanningUnique,
    DuplicateColumn,
    InternalTableUnscoped,
    SecuredTwice,
)
