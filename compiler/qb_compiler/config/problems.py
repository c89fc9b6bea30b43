"""What can be wrong with `quickback.config.ts`."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, NamesUnknown, Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/config"


@record
class UnknownOption(UnknownKey):
    """The config has a key that does not exist.

    # What it means
    Unknown keys are refused instead of ignored, because a misspelled option would silently keep its default.

    # Example
    export default defineConfig({ name: "my-app", schemaRegstry: { generate: false }, providers: { … } });

    # Fix
    Write the key as the suggestion says, or remove it.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5001"
    slug: ClassVar[str] = "config-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongOption(WrongValue):
    """An option of the config has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    features: "organizations"

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5002"
    slug: ClassVar[str] = "config-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingOption(MissingKey):
    """The config lacks an option that it cannot do without.

    # What it means
    A project needs a name and its three providers: runtime, database and auth.

    # Example
    export default defineConfig({ template: "hono", providers: { … } });

    # Fix
    Add what the message names.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5003"
    slug: ClassVar[str] = "config-missing-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


SHAPE = Shape(WrongOption, UnknownOption, MissingOption)


@record
class NoConfig(Problem):
    """The config file does not export `defineConfig({ … })`.

    # What it means
    The compiler looks for one default export that calls `defineConfig` with an object.

    # Example
    export const config = { name: "my-app" };

    # Fix
    Write `export default defineConfig({ … })`.

    # See
    compiler/config
    """

    code: ClassVar[str] = "QB5004"
    slug: ClassVar[str] = "config-no-default-export"
    docs: ClassVar[str] = TOPIC

    def message(self) -> str:
        return "the config must be `export default defineConfig({ … })`"

    def hint(self) -> str | None:
        return "write `export default defineConfig({ … })`"


@record
class RuntimeValue(Problem):
    """An option is taken from the environment, but the compiler needs its value.

    # What it means
    Compiling gives the same output everywhere, so the compiler reads no environment variable for this option.

    # Example
    export default defineConfig({ name: process.env.APP_NAME, providers: { … } });

    # Fix
    Write the value into the config. What differs between environments belongs into the Worker's variables and secrets.

    # See
    compiler/config/variables
    """

    code: ClassVar[str] = "QB5005"
    slug: ClassVar[str] = "config-runtime-value"
    docs: ClassVar[str] = "compiler/config/variables"

    owner: str
    variable: str

    def message(self) -> str:
        return f"`{self.owner}` is read when compiling, but `{self.variable}` is known only at runtime"

    def hint(self) -> str | None:
        return "write the value here; secrets and what differs between environments are set on the Worker"


@record
class SigningKeyInConfig(Problem):
    """The signing key is read from `process.env` in the config.

    # What it means
    The compiler does not run the config, so it cannot read the variable there. It reads the variable that `keyEnv`
    names.

    # Example
    signature: { key: process.env.SIGNING_KEY }

    # Fix
    Write `keyEnv: "SIGNING_KEY"`.

    # See
    compiler/config/security-contracts#options
    """

    code: ClassVar[str] = "QB5006"
    slug: ClassVar[str] = "config-signing-key-from-env"
    docs: ClassVar[str] = "compiler/config/security-contracts#options"

    variable: str

    def message(self) -> str:
        return "`signature.key` cannot come from `process.env`: name the variable instead"

    def hint(self) -> str | None:
        return f'write `keyEnv: "{self.variable}"`'

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, f'keyEnv: "{self.variable}"'),) if self.span else ()


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


@record
class BadName(Problem):
    """The project's name cannot name a Worker and its databases.

    # What it means
    The name becomes the name of the Worker, and `<name>-auth` and `<name>-features` those of the databases.
    Cloudflare takes lower-case letters, digits and dashes, 54 at most.

    # Example
    name: "My App"

    # Fix
    Write it with dashes: `my-app`.

    # See
    compiler/config#options
    """

    code: ClassVar[str] = "QB5030"
    slug: ClassVar[str] = "config-bad-name"
    docs: ClassVar[str] = f"{TOPIC}#options"

    name: str
    proposal: str

    def message(self) -> str:
        return f"`{self.name}` cannot be the project's name: use lower-case letters, digits and dashes"

    def hint(self) -> str | None:
        return f"write `{self.proposal}`" if self.proposal else None

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, f'"{self.proposal}"'),) if self.proposal and self.span else ()


@record
class BadReportPath(Problem):
    """The path of the security report or of its signature cannot be used.

    # What it means
    Reports are written inside the project, as JSON, to two different files.

    # Example
    report: { path: "../report.json" }

    # Fix
    Write a path below the project, such as `reports/security-contracts.report.json`.

    # See
    compiler/config/security-contracts#options
    """

    code: ClassVar[str] = "QB5031"
    slug: ClassVar[str] = "config-bad-report-path"
    docs: ClassVar[str] = "compiler/config/security-contracts#options"

    path: str
    why: str

    def message(self) -> str:
        return f"`{self.path}` cannot be the path of a report: {self.why}"

    def hint(self) -> str | None:
        return "write a path below the project that ends in `.json`, such as `reports/report.json`"


@record
class RenameConflict(Problem):
    """Two rename hints contradict each other.

    # What it means
    Two new names claim the same old one, or a name is both old and new. The migration could not keep the data.

    # Example
    renames: { tables: { events_v2: "events", events_v3: "events" } }

    # Fix
    Keep one hint for each old name.

    # See
    compiler/config/migrations#renames
    """

    code: ClassVar[str] = "QB5032"
    slug: ClassVar[str] = "config-rename-conflict"
    docs: ClassVar[str] = "compiler/config/migrations#renames"

    why: str

    def message(self) -> str:
        return f"this rename contradicts another one: {self.why}"

    def hint(self) -> str | None:
        return "keep one entry for each old name"


@record
class BadRole(Problem):
    """A role in the config has a name that cannot be a role.

    # What it means
    Roles are stored in one text, separated by commas, and `+` has a meaning in rules. `PUBLIC` and `AUTHENTICATED` are
    pseudo-roles that nobody can hold.

    # Example
    auth: { roles: ["team lead,deputy"] }

    # Fix
    Use letters, digits, `-` and `_`.

    # See
    compiler/definitions/roles#custom-roles
    """

    code: ClassVar[str] = "QB5033"
    slug: ClassVar[str] = "config-bad-role"
    docs: ClassVar[str] = "compiler/definitions/roles#custom-roles"

    name: str

    def message(self) -> str:
        return f"`{self.name}` cannot be the name of a role"

    def hint(self) -> str | None:
        return "use letters, digits, `-` and `_`, and no name that has a meaning already"


@record
class BadOrigin(Problem):
    """An entry of `trustedOrigins` is not an origin.

    # What it means
    An origin is a scheme, a host and, where needed, a port. Pages of these origins may call the API with the user's
    cookies, so wildcards are refused.

    # Example
    trustedOrigins: ["https://app.example.com/login", "*"]

    # Fix
    Write the origin alone: `https://app.example.com`.

    # See
    compiler/config/auth#options-of-defineauth
    """

    code: ClassVar[str] = "QB5034"
    slug: ClassVar[str] = "config-bad-origin"
    docs: ClassVar[str] = "compiler/config/auth#options-of-defineauth"

    origin: str
    proposal: str

    def message(self) -> str:
        return f"`{self.origin}` is not an origin"

    def hint(self) -> str | None:
        return f"write `{self.proposal or 'https://app.example.com'}`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, f'"{self.proposal}"'),) if self.proposal and self.span else ()


@record
class BadVariable(Problem):
    """A variable or a binding of the Worker has a name that cannot be used.

    # What it means
    Variables are written into `wrangler.toml` as they are, where everybody who has the code can read them, beside
    the bindings of the databases. A secret does not belong there, and no two may have one name.

    # Example
    vars: { BETTER_AUTH_SECRET: "…" }

    # Fix
    Set secrets with `wrangler secret put`, and in `.dev.vars` for development. Rename what clashes.

    # See
    compiler/config/variables#your-own
    """

    code: ClassVar[str] = "QB5035"
    slug: ClassVar[str] = "config-bad-variable"
    docs: ClassVar[str] = "compiler/config/variables#your-own"

    name: str
    why: str
    mend: str

    def message(self) -> str:
        return f"`{self.name}` cannot be used here: {self.why}"

    def hint(self) -> str | None:
        return self.mend


@record
class BadSigning(Problem):
    """The options for signing the security report cannot work.

    # What it means
    A signature is demanded that will never be made, or the key has no place it could come from. The compile would
    fail later, or leave a report that nobody vouches for.

    # Example
    signature: { enabled: false, required: true }

    # Fix
    Leave `enabled` on where `required` is, and name in `keyEnv` the environment variable that holds the key.

    # See
    compiler/config/security-contracts#options
    """

    code: ClassVar[str] = "QB5036"
    slug: ClassVar[str] = "config-bad-signing"
    docs: ClassVar[str] = "compiler/config/security-contracts#options"

    why: str
    mend: str

    def message(self) -> str:
        return self.why

    def hint(self) -> str | None:
        return self.mend


@record
class VariablesMissing(Problem):
    """Sign-in needs variables that the config does not set.

    # What it means
    Without them the endpoints concerned answer 503 `MISSING_ENV`. This is a warning, as variables may also come from
    elsewhere: from the dashboard, or from `.dev.vars`. Secrets are not looked for, as they do not belong in a config.

    # Example
    auth: defineAuth("better-auth", { plugins: ["passkey"] })     // and no ACCOUNT_URL in vars

    # Fix
    Write them into `vars` of the database, or set them where the Worker runs.

    # See
    stack/auth/plugins#variables
    """

    code: ClassVar[str] = "QB5037"
    slug: ClassVar[str] = "config-variables-missing"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "stack/auth/plugins#variables"

    owner: str
    names: tuple[str, ...]

    def message(self) -> str:
        return f"`{self.owner}` needs {' and '.join(f'`{name}`' for name in self.names)}, which `vars` does not set"

    def hint(self) -> str | None:
        said = ", ".join(f'{name}: "…"' for name in self.names)
        return f'write `defineDatabase("cloudflare-d1", {{ vars: {{ {said} }} }})`, or set them where the Worker runs'


@record
class MailMissing(Problem):
    """An option needs mail, and the project does not send any.

    # What it means
    Nobody could ever confirm an address, so nobody could sign in.

    # Example
    auth: defineAuth("better-auth", { emailAndPassword: { requireEmailVerification: true } })

    # Fix
    Say from whom mails come: `email: { from: "noreply@example.com" }`. Or remove the option.

    # See
    stack/auth/email#turn-it-on
    """

    code: ClassVar[str] = "QB5038"
    slug: ClassVar[str] = "config-mail-missing"
    docs: ClassVar[str] = "stack/auth/email#turn-it-on"

    option: str

    def message(self) -> str:
        return f"`{self.option}` needs mail, and this project does not send any"

    def hint(self) -> str | None:
        return 'write `email: { from: "noreply@example.com" }`, or name one of the plugins `emailOtp` and `magicLink`'


@record
class AddressNotTrusted(Problem):
    """A variable says where pages of the app are, and the API does not trust that origin.

    # What it means
    Pages there cannot call the API with cookies, and links in mails must not lead there. The API trusts itself and the
    entries of `trustedOrigins`.

    # Example
    vars: { APP_URL: "https://app.example.com" }     // and no trustedOrigins

    # Fix
    Add the origin: `trustedOrigins: ["https://app.example.com"]`.

    # See
    compiler/config/auth#options-of-defineauth
    """

    code: ClassVar[str] = "QB5039"
    slug: ClassVar[str] = "config-address-not-trusted"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/config/auth#options-of-defineauth"

    variable: str
    origin: str

    def message(self) -> str:
        return f"`{self.variable}` leads to `{self.origin}`, which is not one of `trustedOrigins`"

    def hint(self) -> str | None:
        return f'write `trustedOrigins: ["{self.origin}"]`'


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownOption,
    WrongOption,
    MissingOption,
    NoConfig,
    RuntimeValue,
    SigningKeyInConfig,
    TargetNotBuilt,
    UnknownProvider,
    DialectMismatch,
    OptionNotGenerated,
    BadName,
    BadReportPath,
    RenameConflict,
    BadRole,
    BadOrigin,
    BadVariable,
    BadSigning,
    VariablesMissing,
    MailMissing,
    AddressNotTrusted,
)
