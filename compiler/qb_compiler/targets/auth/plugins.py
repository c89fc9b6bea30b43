"""The Better Auth plugins that we know: how each is imported, called, and what its tables are filed under."""

from qb_compiler.config.model import MAILING_PLUGINS, Auth, Config
from qb_compiler.model.record import record
from qb_compiler.targets.api.code import Code, Group, flat, object_, text
from qb_compiler.targets.auth.unproven import unproven

WITHOUT_TABLES = frozenset({"emailOtp", "magicLink", "mailService", "ownership", "upgradeAnonymous"})


@record
class Plugin:
    """`call` is the expression in the list of plugins. `package` is the npm package, where it is not `better-auth`."""

    name: str
    module: str
    function: str
    call: Code
    package: str | None = None


_OWNERSHIP = Plugin("ownership", "../lib/ownership", "ownership", "ownership(env)")


def plugins_of(config: Config) -> tuple[Plugin, ...]:
    """Organizations, bearer tokens, then what the author chose, by name. Both first are there without being named."""
    chosen = _chosen(config.auth)
    organization = (_organization(config),) if config.organizations else ()
    mail = (_mail_service(config.auth),) if config.auth.mail else ()
    owned = (_OWNERSHIP,) if unproven(config.auth) else ()
    named = (chosen[name] for name in _named(config) if name in chosen)
    return (*organization, _own("bearer", "bearer"), *named, *mail, *owned)


def packages_of(config: Config) -> tuple[str, ...]:
    """The npm packages of plugins that do not come with Better Auth."""
    return tuple(plugin.package for plugin in plugins_of(config) if plugin.package)


def table_sets(config: Config) -> tuple[str, ...]:
    """The keys of `tables.json` that apply."""
    teams = ("teams",) if config.organizations and config.auth.teams else ()
    return (*(plugin.name for plugin in plugins_of(config) if plugin.name not in WITHOUT_TABLES), *teams)


def chosen_plugins() -> tuple[str, ...]:
    """The names that `plugins` may hold beside those that are always there."""
    return tuple(sorted(_chosen(Auth())))


def _named(config: Config) -> list[str]:
    return sorted(set(config.auth.plugins))


def _chosen(auth: Auth) -> dict[str, Plugin]:
    plugins = (
        _own("admin", "admin"),
        _own("anonymous", "anonymous"),
        _api_key(auth),
        _own("deviceAuthorization", "device-authorization"),
        _email_otp(auth),
        _magic_link(auth),
        Plugin("passkey", "../lib/passkeys", "passkeys", "passkeys(env)", "@better-auth/passkey"),
        _two_factor(auth),
        _upgrade_anonymous(auth),
        _own("username", "username"),
    )
    return {plugin.name: plugin for plugin in plugins}


def _own(name: str, module: str) -> Plugin:
    return Plugin(name, f"better-auth/plugins/{module}", name, f"{name}()")


def _organization(config: Config) -> Plugin:
    options: list[Code] = ["ac: accessControl", "roles", 'creatorRole: "owner"']
    if config.auth.teams:
        options.append("teams: { enabled: true }")
    if config.auth.mail:
        options.append("sendInvitationEmail: mails.invite")
    call = Group("organization({", tuple(options), "})", spaced=True)
    return Plugin("organization", "better-auth/plugins/organization", "organization", call)


def _email_otp(auth: Auth) -> Plugin:
    """Encrypted and not hashed: whoever has the hash of six digits has the digits."""
    if "magicLink" in auth.plugins:
        closed = str(auth.passwords.disable_sign_up).lower()
        call = f"codeAndLink(mails, {{ disableSignUp: {closed} }})"
        return Plugin("emailOtp", "../lib/code-and-link", "codeAndLink", call)
    options = _mailing(auth, ("storeOTP", text("encrypted")), ("sendVerificationOTP", "mails.code"))
    return Plugin("emailOtp", "better-auth/plugins/email-otp", "emailOTP", f"emailOTP({options})")


def _magic_link(auth: Auth) -> Plugin:
    options = _mailing(auth, ("storeToken", text("hashed")), ("sendMagicLink", "mails.signInLink"))
    return Plugin("magicLink", "better-auth/plugins/magic-link", "magicLink", f"magicLink({options})")


def _mailing(auth: Auth, *options: tuple[str, Code]) -> str:
    closed: list[tuple[str, Code]] = [("disableSignUp", "true")] if auth.passwords.disable_sign_up else []
    return flat(object_([*closed, *options]))


def _mail_service(auth: Auth) -> Plugin:
    flag = str(auth.passwords.require_email_verification).lower()
    return Plugin("mailService", "../lib/mail-service", "mailService", f"mailService(env, {{ signUp: {flag} }})")


def _two_factor(auth: Auth) -> Plugin:
    """Better Auth's own asks for the second factor after passwords only."""
    if MAILING_PLUGINS.isdisjoint(auth.plugins):
        return _own("twoFactor", "two-factor")
    return Plugin("twoFactor", "../lib/second-factor", "secondFactor", "secondFactor()")


def _upgrade_anonymous(auth: Auth) -> Plugin:
    options = auth.upgrade_anonymous
    flags = {
        "emailConfigured": options.email_configured,
        "requireEmailVerification": options.require_email_verification,
    }
    call = f"upgradeAnonymous({flat(object_([(name, str(flag).lower()) for name, flag in flags.items()]))})"
    return Plugin("upgradeAnonymous", "../lib/upgrade-anonymous", "upgradeAnonymous", call)


def _api_key(auth: Auth) -> Plugin:
    """Keys open this API and not the account of their owner, so they make no sessions."""
    limit = auth.rate_limit
    rules = (
        [("enabled", "true"), ("timeWindow", str(limit.window * 1000)), ("maxRequests", str(limit.max))]
        if limit.enabled
        else [("enabled", "false")]
    )
    options = object_([("enableMetadata", "true"), ("rateLimit", object_([*rules]))])
    return Plugin("apiKey", "@better-auth/api-key", "apiKey", f"apiKey({flat(options)})", "@better-auth/api-key")
