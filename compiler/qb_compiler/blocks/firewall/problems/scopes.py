"""Scopes that are missing, contradict each other, or lack their column."""

from typing import ClassVar

from qb_compiler.blocks.firewall.problems.shape import PADDING, TOPIC
from qb_compiler.diagnostics.diagnostic import Edit, Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class NoScope(Problem):
    """A table has no firewall, and none can be derived.

    # What it means
    Nothing would say which rows belong to whom: every signed-in user of every organization could
    read them.

    # Example
    export default defineTable(jobs, { crud: { … } });

    # Fix
    Add `firewall: { organization: {} }` for rows of an organization, `{ owner: {} }` for rows of a user, or
    `{ exception: true }` for rows that belong to everyone.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB4103"
    slug: ClassVar[str] = "firewall-missing"
    docs: ClassVar[str] = f"{TOPIC}#options"

    table: str
    candidates: tuple[str, ...]
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"`{self.table}` has no firewall scope, so nothing says who may see which rows"

    def label(self) -> str:
        if len(self.candidates) > 1:
            names = " and ".join(f"`{name}`" for name in self.candidates)
            return f"{names} could both be the scope: say which"
        return "no scope here"

    def hint(self) -> str | None:
        if self.mending:
            return f"add `{self.mending[0].replacement.strip(PADDING)}`"
        return (
            "add `firewall: { organization: {} }`, or `firewall: { exception: true }` for rows that belong to everyone"
        )

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class ScopeColumnMissing(Problem):
    """A firewall scope compares a column that the table does not have.

    # What it means
    Without the column no row can be tied to its organization, owner or team.

    # Example
    export const jobs = sqliteTable("jobs", { id: text("id").primaryKey() });
    export default defineTable(jobs, { firewall: { organization: {} } });

    # Fix
    Add the column to the table, or name the column that holds the value: `organization: { column: "orgId" }`.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB4102"
    slug: ClassVar[str] = "firewall-scope-column-missing"
    docs: ClassVar[str] = f"{TOPIC}#options"

    table: str
    scope: str
    column: str
    table_label: Label
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"the `{self.scope}` scope needs the column `{self.column}`, which `{self.table}` does not have"

    def related(self) -> tuple[Label, ...]:
        return (self.table_label,)

    def hint(self) -> str | None:
        return f"write `{self.mending[0].replacement.strip(PADDING)}`" if self.mending else None

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class ExceptionBesideScope(Problem):
    """`exception: true` stands beside a scope.

    # What it means
    An exception says that rows belong to nobody; a scope says that they belong to someone. Both
    cannot hold.

    # Example
    firewall: { organization: {}, exception: true }

    # Fix
    Remove one of them. Keep the scope if in doubt.

    # See
    compiler/definitions/firewall#exception
    """

    code: ClassVar[str] = "QB4101"
    slug: ClassVar[str] = "firewall-exception-beside-scope"
    docs: ClassVar[str] = f"{TOPIC}#exception"

    scope: Label

    def message(self) -> str:
        return "`exception` and a scope cannot stand in one firewall"

    def related(self) -> tuple[Label, ...]:
        return (self.scope,)

    def hint(self) -> str | None:
        return "remove `exception: true`; keep it only for rows that belong to everyone"


@record
class OwnerOptionalAlone(Problem):
    """`owner.mode: "optional"` stands without an organization scope.

    # What it means
    Optional lets privileged roles see every row of the outer scope. Without an organization the
    outer scope is everyone's data, and whoever creates an organization is its owner.

    # Example
    firewall: { owner: { mode: "optional" } }

    # Fix
    Add `organization: {}`, or remove `mode`.

    # See
    compiler/definitions/firewall#owner-scope
    """

    code: ClassVar[str] = "QB4104"
    slug: ClassVar[str] = "firewall-owner-optional-alone"
    docs: ClassVar[str] = f"{TOPIC}#owner-scope"

    def message(self) -> str:
        return '`owner.mode: "optional"` needs an organization scope beside it'

    def hint(self) -> str | None:
        return "add `organization: {}` to the firewall, or remove `mode`"


@record
class TeamsDisabled(Problem):
    """A team scope is used although teams are not enabled.

    # What it means
    No session would ever have an active team, so no row would be visible.

    # Example
    firewall: { organization: {}, team: {} }

    # Fix
    Enable teams in the config: `defineAuth("better-auth", { teams: true })`.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB4105"
    slug: ClassVar[str] = "firewall-teams-disabled"
    docs: ClassVar[str] = f"{TOPIC}#options"

    def message(self) -> str:
        return "the `team` scope needs teams, which the config does not enable"

    def hint(self) -> str | None:
        return 'write `defineAuth("better-auth", { teams: true })` in quickback.config.ts'


@record
class OrganizationsDisabled(Problem):
    """An organization scope is used although the config has no organizations.

    # What it means
    No session would ever have an active organization, so no row would be visible.

    # Example
    features: []        // in quickback.config.ts
    firewall: { organization: {} }

    # Fix
    Add `features: ["organizations"]` to the config, or scope by `owner: {}`.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB4106"
    slug: ClassVar[str] = "firewall-organizations-disabled"
    docs: ClassVar[str] = f"{TOPIC}#options"

    def message(self) -> str:
        return "the `organization` scope needs organizations, which the config turns off"

    def hint(self) -> str | None:
        return 'write `features: ["organizations"]` in quickback.config.ts, or scope by `owner: {}`'


@record
class SoftDeleteColumnMissing(Problem):
    """Soft delete needs a column that the table does not have.

    # What it means
    With `auditFields: false` no column marks deleted rows, and a column named in `softDelete` must
    exist.

    # Example
    firewall: { organization: {}, softDelete: { column: "removedAt" } }

    # Fix
    Declare the column as nullable text, or delete hard: `delete: { mode: "hard" }`.

    # See
    compiler/definitions/soft-delete#options
    """

    code: ClassVar[str] = "QB4107"
    slug: ClassVar[str] = "soft-delete-column-missing"
    docs: ClassVar[str] = "compiler/definitions/soft-delete#options"

    table: str
    column: str

    def message(self) -> str:
        return f"soft delete needs the column `{self.column}`, which `{self.table}` does not have"

    def hint(self) -> str | None:
        return f'declare `{self.column}: text("…")`, or write `mode: "hard"` in `crud.delete`'


@record
class ScopeDerived(Problem):
    """The firewall was left out and derived from the only scope column.

    # What it means
    The table has exactly one column that can be a scope, so the compiler took it.

    # Example
    export const jobs = sqliteTable("jobs", { organizationId: text("organization_id").notNull() });

    # Fix
    Nothing is wrong. Write the firewall to make it visible.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB4108"
    slug: ClassVar[str] = "firewall-derived"
    level: ClassVar[Level] = Level.NOTE
    docs: ClassVar[str] = f"{TOPIC}#options"

    table: str
    scope: str
    column: str
    written: str

    def message(self) -> str:
        return f"`{self.table}` is scoped by `{self.column}` ({self.scope}), derived from its name"

    def hint(self) -> str | None:
        return f"to say so: `firewall: {self.written}`"


@record
class ScopeColumnMisfit(Problem):
    """A scope column has a type that cannot hold an id.

    # What it means
    Organization, user and team ids are text. The comparison would never hold.

    # Example
    organizationId: integer("organization_id")

    # Fix
    Declare the column as `text`.

    # See
    compiler/definitions/firewall#options
    """

    code: ClassVar[str] = "QB4109"
    slug: ClassVar[str] = "firewall-scope-column-misfit"
    docs: ClassVar[str] = f"{TOPIC}#options"

    column: str

    def message(self) -> str:
        return f"the scope column `{self.column}` must be text: it holds an id"

    def hint(self) -> str | None:
        return f"declare `{self.column}` with `text(…)`"
