"""What can be wrong with actions by themselves."""

from typing import ClassVar

from qb_compiler.blocks.names import in_url
from qb_compiler.diagnostics.diagnostic import Edit, Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownKey, WrongValue, rename
from qb_compiler.model.record import record
from qb_compiler.span import Span

TOPIC = "compiler/definitions/actions"


@record
class UnknownActionOption(UnknownKey):
    """An action has a key that does not exist.

    # What it means
    A misspelled option would change nothing, silently.

    # Example
    advance: { acess: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3701"
    slug: ClassVar[str] = "action-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongActionValue(WrongValue):
    """An option of an action has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    advance: { method: "FETCH", access: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3702"
    slug: ClassVar[str] = "action-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingActionPart(MissingKey):
    """An action lacks its access rule, its code, or the reason of its `unsafe`.

    # What it means
    Nothing is open by accident, and an action without code does nothing.

    # Example
    advance: { execute: async () => ({}) }

    # Fix
    Add what the message names.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3703"
    slug: ClassVar[str] = "action-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#options"


SHAPE = Shape(WrongActionValue, UnknownActionOption, MissingActionPart)


@record
class ActionsTableUnknown(Problem):
    """The first argument of `defineActions` is not a table of the project.

    # What it means
    Actions belong to a table with a `defineTable`, or to none at all.

    # Example
    export default defineActions("candidates", { … });

    # Fix
    Import the table and pass it, or pass `null` for actions without a table.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3710"
    slug: ClassVar[str] = "actions-table-unknown"
    docs: ClassVar[str] = f"{TOPIC}#options"

    def message(self) -> str:
        return "the first argument of `defineActions` must be a table with routes, or `null`"

    def hint(self) -> str | None:
        return 'import it: `import { candidates } from "./candidates"`'


@record
class ExecuteAndHandler(Problem):
    """An action has both `execute` and `handler`.

    # What it means
    One of the two would never run.

    # Example
    advance: { access: { roles: ["admin"] }, execute: async () => ({}), handler: "./handlers/advance" }

    # Fix
    Keep one of them.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3711"
    slug: ClassVar[str] = "action-execute-and-handler"
    docs: ClassVar[str] = f"{TOPIC}#options"

    action: str
    other: Label

    def message(self) -> str:
        return f"`{self.action}` has both `execute` and `handler`"

    def related(self) -> tuple[Label, ...]:
        return (self.other,)

    def hint(self) -> str | None:
        return "keep one of the two"


@record
class HandlerMissing(Problem):
    """The module that `handler` names does not exist, or does not export `execute`.

    # What it means
    `handler` is a path relative to the file, and its module exports the function that runs.

    # Example
    advance: { access: { roles: ["admin"] }, handler: "./handlers/advnace" }

    # Fix
    Correct the path, or write `export async function execute(…) { … }` in that module.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3712"
    slug: ClassVar[str] = "action-handler-missing"
    docs: ClassVar[str] = f"{TOPIC}#options"

    why: str
    mend: str
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"`handler` cannot be used: {self.why}"

    def hint(self) -> str | None:
        return self.mend

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class BadActionName(Problem):
    """An action's name or path cannot stand in a URL.

    # What it means
    The name is the last part of the action's path. Letters, digits, `-` and `_` are fine there.

    # Example
    "mark as done": { access: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Rename the action: `mark-as-done`.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3713"
    slug: ClassVar[str] = "action-bad-name"
    docs: ClassVar[str] = f"{TOPIC}#options"

    name: str

    def message(self) -> str:
        return f"`{self.name}` cannot stand in a URL: use letters, digits, `-` and `_`"

    def hint(self) -> str | None:
        return f"rename it, such as `{in_url(self.name)}`"


@record
class TablelessNeedsStandalone(Problem):
    """An action without a table is not standalone.

    # What it means
    `defineActions(null, …)` has no table, so there is no record that the action could be called on.

    # Example
    export default defineActions(null, { ping: { access: { roles: ["AUTHENTICATED"] }, execute: async () => ({}) } });

    # Fix
    Add `standalone: true`.

    # See
    compiler/definitions/actions#gotchas
    """

    code: ClassVar[str] = "QB3714"
    slug: ClassVar[str] = "action-tableless-not-standalone"
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    action: str
    options_start: Span

    def message(self) -> str:
        return f"`{self.action}` has no table, so it must be standalone"

    def hint(self) -> str | None:
        return "add `standalone: true`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.options_start, " standalone: true,"),)


@record
class PathNeedsStandalone(Problem):
    """An action on a record has a `path`.

    # What it means
    Actions on a record live at `/{resource}/:id/{action}`. Only standalone actions choose their path.

    # Example
    advance: { path: "go", access: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Remove `path`, or add `standalone: true`.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3715"
    slug: ClassVar[str] = "action-path-without-standalone"
    docs: ClassVar[str] = f"{TOPIC}#options"

    action: str

    def message(self) -> str:
        return f"`{self.action}` is called on a record, so it cannot choose its path"

    def hint(self) -> str | None:
        return "remove `path`, or add `standalone: true`"


@record
class GuardRenamed(Problem):
    """An action uses the old name `guard` of its access rule.

    # What it means
    The key has been called `access` since version 0.5.8. It is read as before.

    # Example
    advance: { guard: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Rename the key to `access`.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3716"
    slug: ClassVar[str] = "action-guard-renamed"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#options"

    def message(self) -> str:
        return "`guard` of an action is called `access` now"

    def hint(self) -> str | None:
        return "write `access`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, "access"),) if self.span else ()


@record
class TransitionInput(Problem):
    """A `transition` takes its target from an input field (`via`) that the action does not have as text.

    # What it means
    The route compares the state that the caller asks for with those that the record's state leads to. The field must be
    there in every call, as text; the compiler reads it in `z.object({ … })`.

    # Example
    move: { transition: { field: "stage", via: "next", fromTo: { applied: ["interview"] } }, input: z.object({}), … }

    # Fix
    Add the field to the input: `next: z.enum(["interview", "offer"])`. Or write the one target: `to: "interview"`.

    # See
    compiler/definitions/actions#transitions
    """

    name: str
    near: tuple[str, ...]

    code: ClassVar[str] = "QB3717"
    slug: ClassVar[str] = "action-transition-input"
    docs: ClassVar[str] = f"{TOPIC}#transitions"

    def message(self) -> str:
        return f"`via` names no text field of the action's input: `{self.name}`"

    def hint(self) -> str | None:
        if self.near:
            return f"did you mean `{self.near[0]}`?"
        return f"every call must have it, as text: `input: z.object({{ {self.name}: z.enum([…]) }})`"

    def edits(self) -> tuple[Edit, ...]:
        return (rename(self.span, self.near[0]),) if self.span and self.near else ()


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


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownActionOption,
    WrongActionValue,
    MissingActionPart,
    ActionsTableUnknown,
    ExecuteAndHandler,
    HandlerMissing,
    BadActionName,
    TablelessNeedsStandalone,
    PathNeedsStandalone,
    GuardRenamed,
    TransitionInput,
    RawSql,
    UnsafeImport,
    RawDatabase,
    TableOutOfReach,
)
