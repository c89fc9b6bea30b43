"""What `defineConfig` says, with every default filled in."""

from enum import StrEnum

from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record
from qb_compiler.span import SourceFile, Span


class IdMode(StrEnum):
    UUID = "uuid"
    CUID = "cuid"
    NANOID = "nanoid"
    PREFIXED = "prefixed"
    SERIAL = "serial"
    CLIENT = "false"


class NamingConvention(StrEnum):
    CAMEL = "camelCase"
    SNAKE = "snake_case"


class FailMode(StrEnum):
    ERROR = "error"
    WARN = "warn"


@record
class Route:
    pattern: str
    custom_domain: bool = False


@record
class Runtime:
    name: str = "cloudflare"
    compatibility_date: str | None = None
    routes: tuple[Route, ...] = ()
    observability: bool = False


@record
class Database:
    """`vars` go to wrangler's vars as they are. Ids are None until the author has created the databases."""

    name: str = "cloudflare-d1"
    generate_id: IdMode = IdMode.PREFIXED
    naming_convention: NamingConvention = NamingConvention.SNAKE
    use_plurals: bool = False
    auth_binding: str = "AUTH_DB"
    features_binding: str = "DB"
    audit_binding: str = "AUDIT_DB"
    auth_database_id: str | None = None
    features_database_id: str | None = None
    audit_database_id: str | None = None
    vars: tuple[tuple[str, Scalar], ...] = ()


@record
class RateRule:
    path: str
    window: int
    max: int


@record
class RateLimit:
    enabled: bool = True
    window: int = 60
    max: int = 100
    custom_rules: tuple[RateRule, ...] = ()


@record
class Session:
    expires_in_days: float = 7
    update_age_in_days: float = 1


@record
class Jwt:
    """`strict` asks the database at each use, so that a token ends with what it was minted from."""

    minutes: int = 15
    strict: bool = False


@record
class UpgradeAnonymous:
    """Options of the plugin. Without mail no address can be verified, so none is said to need it."""

    email_configured: bool = False
    require_email_verification: bool = True


MAILING_PLUGINS = frozenset({"emailOtp", "magicLink"})


@record
class Passwords:
    """Sign-in by e-mail and password. `auto_sign_in`: registering signs in; the lengths are those of new passwords."""

    enabled: bool = True
    disable_sign_up: bool = False
    require_email_verification: bool = False
    auto_sign_in: bool = True
    min_length: int = 8
    max_length: int = 128


@record
class Auth:
    """`roles` and `role_hierarchy` (low to high) are empty when the config declares none; `plugins` as the author named
    them."""

    name: str = "better-auth"
    passwords: Passwords = Passwords()
    email: bool = False
    """Whether the config has `email`."""
    plugins: tuple[str, ...] = ()
    trusted_origins: tuple[str, ...] = ()
    session: Session = Session()
    rate_limit: RateLimit = RateLimit()
    roles: tuple[str, ...] = ()
    role_hierarchy: tuple[str, ...] = ()
    jwt: Jwt = Jwt()
    teams: bool = False
    upgrade_anonymous: UpgradeAnonymous = UpgradeAnonymous()

    @property
    def api_keys(self) -> bool:
        return "apiKey" in self.plugins

    @property
    def mail(self) -> bool:
        """Whether the API sends mail."""
        return self.email or not MAILING_PLUGINS.isdisjoint(self.plugins)


@record
class Renames:
    """(new name, old name), and (table, new column, old column): SQL names of the current schema."""

    tables: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()


@record
class Signature:
    enabled: bool = True
    required: bool = False
    key: str | None = None
    key_env: str | None = None
    key_id: str | None = None
    path: str = "reports/security-contracts.report.sig.json"


@record
class SecurityContracts:
    fail_mode: FailMode = FailMode.ERROR
    report_path: str = "reports/security-contracts.report.json"
    signature: Signature = Signature()


@record
class Config:
    """`organizations` is False for apps without them: then `ctx.roles` is the platform role."""

    name: str
    file: SourceFile
    span: Span
    template: str = "hono"
    organizations: bool = True
    runtime: Runtime = Runtime()
    database: Database = Database()
    auth: Auth = Auth()
    audit_fields: bool = True
    renames: Renames = Renames()
    security_contracts: SecurityContracts = SecurityContracts()
    openapi_generate: bool = True
    openapi_publish: bool = True
    registry_generate: bool = True
    etag: bool = True
    public_rate_limit: int = 120
