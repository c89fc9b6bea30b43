"""Secrets, variables and mail that sign-in and signatures need."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


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


@record
class AddressUnproven(Problem):
    """People who upgrade count as owners of an address that nobody has proved.

    # What it means
    Whoever upgrades an anonymous account may name any address that is still free. Its owner, who signs in by mail or
    accepts an invitation later, shares the account with whoever came first.

    # Example
    plugins: { upgradeAnonymous: { emailConfigured: true, requireEmailVerification: false } }

    # Fix
    Leave `requireEmailVerification` on, and let people prove the address by a code.

    # See
    plugins-tools/better-auth-plugins/upgrade-anonymous#options
    """

    code: ClassVar[str] = "QB5040"
    slug: ClassVar[str] = "config-address-unproven"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "plugins-tools/better-auth-plugins/upgrade-anonymous#options"

    def message(self) -> str:
        return "whoever upgrades counts as the owner of any free address, without proof"

    def hint(self) -> str | None:
        return "write `requireEmailVerification: true`"
