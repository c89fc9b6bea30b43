"""Actions that reach for more than the scoped database gives."""

from typing import ClassVar

from qb_compiler.blocks.actions.problems.shape import TOPIC
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class RawSql(Problem):
    """An action runs raw SQL without saying so.

    # What it means
    The scoped database cannot add the caller's organization to SQL text. An action, its handler and the project
    modules that they import may use `sql` templates and raw calls only if the action declares it.

    # Example
    report: { access: { roles: ["admin"] }, execute: async ({ db }) => db.run("select 1") }

    # Fix
    Use Drizzle's query builder, or declare `allowRawSql: true` and add the scope to the SQL yourself.

    # See
    compiler/definitions/actions#gotchas
    """

    code: ClassVar[str] = "QB4701"
    slug: ClassVar[str] = "action-raw-sql"
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    action: str
    what: str
    declared: Label

    def message(self) -> str:
        return f"`{self.action}` reaches raw SQL: {self.what}"

    def related(self) -> tuple[Label, ...]:
        return (self.declared,)

    def hint(self) -> str | None:
        return "use the query builder, or declare `allowRawSql: true` on the action"


@record
class UnsafeImport(Problem):
    """A safe action imports something that leads round the scoped database.

    # What it means
    `cloudflare:workers`, Drizzle's drivers and database clients give access to every tenant's rows.

    # Example
    import { env } from "cloudflare:workers";

    # Fix
    Use the `db` that the action is given, or declare `unsafe` with a reason.

    # See
    compiler/definitions/actions#gotchas
    """

    code: ClassVar[str] = "QB4702"
    slug: ClassVar[str] = "action-unsafe-import"
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    action: str
    module: str
    declared: Label

    def message(self) -> str:
        return f"`{self.action}` is not unsafe, but reaches `{self.module}`, which leads round the firewall"

    def related(self) -> tuple[Label, ...]:
        return (self.declared,)

    def hint(self) -> str | None:
        return 'use the `db` that the action is given, or declare `unsafe: { reason: "…" }`'


@record
class RawDatabase(Problem):
    """A safe action asks for `rawDb`.

    # What it means
    `rawDb` sees every tenant's rows. It is given to actions that declare `unsafe`; for others it would be undefined.

    # Example
    report: { access: { roles: ["admin"] }, execute: async ({ rawDb }) => rawDb.select().from(jobs) }

    # Fix
    Use `db`, or declare `unsafe: { reason: "…" }`.

    # See
    compiler/definitions/actions#unsafe
    """

    code: ClassVar[str] = "QB4703"
    slug: ClassVar[str] = "action-raw-database"
    docs: ClassVar[str] = f"{TOPIC}#unsafe"

    action: str
    name: str
    declared: Label

    def message(self) -> str:
        return f"`{self.action}` is not unsafe, but uses `{self.name}`"

    def related(self) -> tuple[Label, ...]:
        return (self.declared,)

    def hint(self) -> str | None:
        return 'use `db`, or declare `unsafe: { reason: "…" }`'


@record
class TableOutOfReach(Problem):
    """A safe action uses a table that nothing scopes.

    # What it means
    The scoped database adds the caller's organization, user or team to every query. An internal table without
    `organizationId`, `ownerId` or `teamId` has nothing to compare with, so `db` does not know it.

    # Example
    `export const rates = sqliteTable("rates", { id: text("id").primaryKey() })` without a `defineTable`, and an
    action with `execute: async ({ db }) => db.select().from(rates)`

    # Fix
    Give the table one of these columns if its rows belong to somebody. If they belong to everybody, declare
    `unsafe: { reason: "…" }` on the action and use `rawDb`.

    # See
    compiler/definitions/internal-tables#how-it-is-scoped
    """

    code: ClassVar[str] = "QB4704"
    slug: ClassVar[str] = "action-table-out-of-reach"
    docs: ClassVar[str] = "compiler/definitions/internal-tables#how-it-is-scoped"

    action: str
    table: str
    declared: Label

    def message(self) -> str:
        return f"`{self.action}` is not unsafe, but uses `{self.table}`, which has no scope column"

    def related(self) -> tuple[Label, ...]:
        return (self.declared,)

    def hint(self) -> str | None:
        return f'add `organizationId` to `{self.table}`, or declare `unsafe: {{ reason: "…" }}` and use `rawDb`'
