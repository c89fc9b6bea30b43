"""`src/db/auth-schema.ts`, `src/auth/auth.ts` and `src/auth/roles.ts`."""

from collections.abc import Iterator
from dataclasses import dataclass

from qb_compiler.config.model import Auth, Config, Passwords
from qb_compiler.model.record import record
from qb_compiler.targets.api.code import Code, Group, array, key, layout, object_, strings, text
from qb_compiler.targets.auth.aliases import emit_aliases, endpoint_of
from qb_compiler.targets.auth.plugins import plugins_of
from qb_compiler.targets.auth.tables import auth_tables
from qb_compiler.targets.auth.unproven import emit_unproven
from qb_compiler.targets.imports import import_statements
from qb_compiler.targets.rendering import render
from qb_compiler.targets.schema.emit import tables_module

SCHEMA_PATH = "src/db/auth-schema.ts"
_DAY = 24 * 60 * 60
_PERMISSIONS = {"owner": "ownerAc", "admin": "adminAc", "member": "memberAc"}


@dataclass(frozen=True, slots=True)
class AuthView:
    """What `auth.ts.jinja` needs; code is laid out already."""

    imports: str
    name: str
    organizations: bool
    trusted_origins: str
    mail: bool
    email_and_password: str
    user_role: bool
    expires_in: int
    update_age: int
    rate_limit: str
    plugins: str


@record
class RoleView:
    key: str
    permissions: str


def emit_auth(config: Config, roles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Path and text of everything about sign-in."""
    yield SCHEMA_PATH, tables_module(auth_tables(config))
    view = _view(config)
    yield (
        "src/auth/auth.ts",
        render("targets/auth/auth.ts.jinja", **{name: getattr(view, name) for name in AuthView.__slots__}),
    )
    yield from emit_aliases(config.auth)
    yield from emit_unproven(config.auth)
    if config.organizations:
        yield "src/auth/roles.ts", _roles(roles)


def _roles(roles: tuple[str, ...]) -> str:
    views = [RoleView(key(role), _PERMISSIONS.get(role, "memberAc")) for role in roles]
    used = sorted({"defaultStatements", *(view.permissions for view in views)})
    imported = layout("import ", Group("{", tuple(used), "}", spaced=True)).removeprefix("import ")
    return render("targets/auth/roles.ts.jinja", imported=imported, roles=views)


def _view(config: Config) -> AuthView:
    auth = config.auth
    return AuthView(
        imports=_imports(config),
        name=text(config.name),
        organizations=config.organizations,
        trusted_origins=_inner("trustedOrigins: ", strings(auth.trusted_origins)),
        mail=auth.mail,
        email_and_password=_inner("emailAndPassword: ", object_(_passwords(auth))),
        user_role="admin" not in auth.plugins,
        expires_in=round(auth.session.expires_in_days * _DAY),
        update_age=round(auth.session.update_age_in_days * _DAY),
        rate_limit=_inner("rateLimit: ", object_(_rate_limit(auth))),
        plugins=_inner("plugins: ", array([plugin.call for plugin in plugins_of(config)])),
    )


def _inner(before: str, code: Code) -> str:
    """Code that follows `before` inside the options, without it."""
    return layout(before, code, ",", indent=4).removeprefix(before).removesuffix(",")


def _passwords(auth: Auth) -> list[tuple[str, Code]]:
    """What differs from Better Auth's defaults."""
    passwords, usual = auth.passwords, Passwords()
    lengths = (
        ("minPasswordLength", passwords.min_length, usual.min_length),
        ("maxPasswordLength", passwords.max_length, usual.max_length),
    )
    flags = (
        ("disableSignUp", passwords.disable_sign_up),
        ("requireEmailVerification", passwords.require_email_verification),
    )
    resets: list[tuple[str, Code]] = [
        ("sendResetPassword", "mails.resetPassword"),
        ("revokeSessionsOnPasswordReset", "true"),
    ]
    return [
        ("enabled", "true" if passwords.enabled else "false"),
        *((name, "true") for name, flag in flags if flag),
        *([] if passwords.auto_sign_in else [("autoSignIn", "false")]),
        *((name, str(length)) for name, length, default in lengths if length != default),
        *(resets if auth.mail and passwords.enabled else []),
    ]


def _rate_limit(auth: Auth) -> list[tuple[str, Code]]:
    limit = auth.rate_limit
    if not limit.enabled:
        return [("enabled", "false")]
    rules: list[tuple[str, Code]] = [
        (endpoint_of(auth, rule.path), object_([("window", str(rule.window)), ("max", str(rule.max))]))
        for rule in limit.custom_rules
    ]
    custom: list[tuple[str, Code]] = [("customRules", object_(rules))] if rules else []
    return [
        ("enabled", "true"),
        ("storage", text("database")),
        ("window", str(limit.window)),
        ("max", str(limit.max)),
        *custom,
    ]


def _imports(config: Config) -> str:
    names: dict[str, set[str]] = {
        "better-auth/minimal": {"betterAuth"},
        "better-auth/adapters/drizzle": {"drizzleAdapter"},
        "../db/auth-schema": {"* as schema"},
        "../db/connections": {"authDb"},
        "../env": {"type Env"},
        "../lib/instances": {"perOrigin"},
    }
    for plugin in plugins_of(config):
        names[plugin.module] = {plugin.function}
    if config.auth.mail:
        names["../lib/auth-mails"] = {"authMails"}
    if config.organizations:
        names["drizzle-orm"] = {"eq"}
        names["../lib/database"] = {"type Database"}
        names["./roles"] = {"accessControl", "roles"}
    return import_statements(names)
