"""What can be wrong when the schema becomes migrations. Nothing is written in any of these cases."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record

TOPIC = "compiler/config/output"


@record
class UnreadableSql(Problem):
    """A piece of SQL in the schema cannot be written into a migration.

    # What it means
    Migrations are plain SQL. The compiler reads `sql` templates that name columns of the table; a value inside the
    template would become a parameter, which a table definition cannot have.

    # Example
    check("positive", sql`${table.amount} > ${minimum}`)

    # Fix
    Write the value in the SQL text, or as `sql.raw("…")`.

    # See
    compiler/definitions/schema
    """

    code: ClassVar[str] = "QB6101"
    slug: ClassVar[str] = "migration-unreadable-sql"
    docs: ClassVar[str] = "compiler/config/migrations#files"

    what: str

    def message(self) -> str:
        return f"{self.what} cannot be written into a migration"

    def label(self) -> str:
        return "only columns and fixed SQL text can stand here"

    def hint(self) -> str | None:
        return "write it as sql`…` with the value in the SQL text"


@record
class BrokenMigrations(Problem):
    """The migration files in `quickback/drizzle/` cannot be read.

    # What it means
    The journal or a snapshot is damaged or missing, so the compiler cannot know what the database looks like.

    # Example
    A merge conflict left markers in `quickback/drizzle/features/meta/_journal.json`.

    # Fix
    Restore the folder from version control (`git checkout -- quickback/drizzle`). If no database was ever migrated,
    delete it and compile again.

    # See
    compiler/config/output
    """

    code: ClassVar[str] = "QB6102"
    slug: ClassVar[str] = "migration-history-broken"
    docs: ClassVar[str] = TOPIC

    path: str
    reason: str

    def message(self) -> str:
        return f"`{self.path}` cannot be read: {self.reason}"

    def hint(self) -> str | None:
        return "restore it from version control: git checkout -- quickback/drizzle"


@record
class AmbiguousRename(Problem):
    """Something disappeared from the schema while something else appeared: renamed, or dropped and added?

    # What it means
    A rename keeps the data, dropping and adding loses it. Only you know which one it is.

    # Example
    `summary` of `events` is gone and `summary_text` is new.

    # Fix
    For a rename, set the key that the hint shows in `quickback.config.ts`. Otherwise remove the old one first, compile,
    then add the new one and compile again.

    # See
    compiler/config
    """

    code: ClassVar[str] = "QB6103"
    slug: ClassVar[str] = "migration-ambiguous-rename"
    docs: ClassVar[str] = "compiler/config/migrations#renames"

    kind: str
    new: str
    old: tuple[str, ...]
    key: str

    def message(self) -> str:
        gone = " or ".join(f"`{name}`" for name in self.old)
        return f"{self.kind} `{self.new}` is new and {gone} is gone: is it a rename?"

    def hint(self) -> str | None:
        return f'if so, set {self.key}: "{self.old[0]}"; if not, compile once without `{self.new}`'


@record
class UnknownRename(Problem):
    """A rename names something that is not in the schema.

    # What it means
    The keys of `compiler.migrations.renames` are new names, as they are in the schema now (SQL names); the values are
    the names they had.

    # Example
    renames: { tables: { eventz: "events_old" } }

    # Fix
    Correct the name, or remove the entry.

    # See
    compiler/config
    """

    code: ClassVar[str] = "QB6104"
    slug: ClassVar[str] = "migration-unknown-rename"
    docs: ClassVar[str] = "compiler/config/migrations#renames"

    key: str
    reason: str

    def message(self) -> str:
        return f"`{self.key}`: {self.reason}"

    def hint(self) -> str | None:
        return "correct the name, or remove the entry"


@record
class RequiredColumnWithoutDefault(Problem):
    """A column that must not be null was added to a table that exists, without a default.

    # What it means
    Rows that are there already would have no value for it, so the migration would fail.

    # Example
    priority: integer("priority").notNull()

    # Fix
    Give it a default (`.notNull().default(0)`), or leave it nullable.

    # See
    compiler/definitions/schema
    """

    code: ClassVar[str] = "QB6105"
    slug: ClassVar[str] = "migration-required-column"
    docs: ClassVar[str] = "compiler/workflows/migrate-schema"

    table: str
    column: str

    def message(self) -> str:
        return f"the new column `{self.column}` of `{self.table}` is required but has no default"

    def hint(self) -> str | None:
        return "add .default(…), or leave out .notNull(); rows that exist need a value"


@record
class NullsNotAllowed(Problem):
    """A column that could be null must have a value now, and has no default.

    # What it means
    The migration copies the rows as they are. A single row that holds null in the column stops it, and nothing of it is
    applied. Whether there is one only the database knows.

    # Example
    `summary: text("summary")` becomes `summary: text("summary").notNull()`.

    # Fix
    Give every row a value before the migration runs: `UPDATE events SET summary = '' WHERE summary IS NULL`. Or add a
    default to the column: the migration then writes it where null was.

    # See
    compiler/workflows/migrate-schema
    """

    code: ClassVar[str] = "QB6107"
    slug: ClassVar[str] = "migration-nulls-not-allowed"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/workflows/migrate-schema"

    table: str
    column: str

    def message(self) -> str:
        return f"`{self.column}` of `{self.table}` may not be null any more: the migration fails on a row where it is"

    def hint(self) -> str | None:
        count = f"SELECT count(*) FROM {self.table} WHERE {self.column} IS NULL"
        return f"`{count}` must give 0 before it runs; or add .default(…), which it writes in place of null"


PROBLEMS = (
    UnreadableSql, BrokenMigrations, AmbiguousRename, UnknownRename, RequiredColumnWithoutDefault, NullsNotAllowed,
)  # fmt: skip
