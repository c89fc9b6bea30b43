"""Names, paths and addresses that cannot be used."""

from typing import ClassVar

from qb_compiler.config.problems.shape import TOPIC
from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


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
