"""Providers, and options that nothing is generated for."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import NamesUnknown
from qb_compiler.model.record import record


@record
class TargetNotBuilt(Problem):
    """The config names a target that this version cannot compile to.

    # What it means
    The name is known from the product, but no generator for it exists yet. Compiling to something else in its place
    would be a surprise, so the compile fails.

    # Example
    database: defineDatabase("neon")

    # Fix
    Use the target that is built: `cloudflare` with `cloudflare-d1`, `better-auth` and the template `hono`.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB5010"
    slug: ClassVar[str] = "config-target-not-built"
    docs: ClassVar[str] = "not-built-yet"

    kind: str
    name: str
    built: str

    def message(self) -> str:
        return f"the {self.kind} `{self.name}` is not built yet"

    def hint(self) -> str | None:
        return f'use "{self.built}"'


@record
class UnknownProvider(NamesUnknown):
    """A provider, template or plugin has a name that nobody knows.

    # What it means
    The compiler cannot tell what to generate for it.

    # Example
    database: defineDatabase("cloudflare-d2")

    # Fix
    Write the name as the suggestion says.

    # See
    compiler/config/providers
    """

    code: ClassVar[str] = "QB5011"
    slug: ClassVar[str] = "config-unknown-provider"
    docs: ClassVar[str] = "compiler/config/providers"

    kind: str

    def message(self) -> str:
        return f"there is no {self.kind} `{self.name}`"


@record
class DialectMismatch(Problem):
    """A table is declared for another kind of database than the config names.

    # What it means
    `pgTable` makes PostgreSQL, `mysqlTable` MySQL. The config's database speaks another dialect.

    # Example
    database: defineDatabase("cloudflare-d1")          // in the config
    export const jobs = pgTable("jobs", { … });

    # Fix
    Declare the table with the dialect of the database: `sqliteTable` of `drizzle-orm/sqlite-core` for D1.

    # See
    compiler/definitions/columns#types
    """

    code: ClassVar[str] = "QB5012"
    slug: ClassVar[str] = "config-dialect-mismatch"
    docs: ClassVar[str] = "compiler/definitions/columns#types"

    table: str
    dialect: str
    database: str

    def message(self) -> str:
        return f"`{self.table}` is a {self.dialect} table, but the database is `{self.database}`"

    def hint(self) -> str | None:
        return 'use `sqliteTable` and the column builders of "drizzle-orm/sqlite-core"'


@record
class OptionNotGenerated(Problem):
    """An option is read and checked, but this version generates nothing for it.

    # What it means
    The option is valid and will be used by a later version. Until then it has no effect.

    # Example
    auth: defineAuth("better-auth", { plugins: ["passkey"] })

    # Fix
    Nothing is wrong. Remove the option if the warning disturbs.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB5020"
    slug: ClassVar[str] = "config-not-generated-yet"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "not-built-yet"

    option: str

    def message(self) -> str:
        return f"`{self.option}` is read and checked, but nothing is generated for it yet"

    def hint(self) -> str | None:
        return "nothing is wrong: keep it for a later version, or remove it"
