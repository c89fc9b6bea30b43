"""Reads `providers.auth` (sign-in, sessions, limits) and the top-level `auth` (roles, tokens)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from qb_compiler.config.model import Auth, Jwt, RateLimit, RateRule, Session
from qb_compiler.config.problems import BadOrigin, BadRole, OptionNotGenerated, UnknownProvider
from qb_compiler.config.providers import Provider
from qb_compiler.config.reader import not_generated
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import Entry, ObjectValue, StringValue, Value
from qb_compiler.span import Span

BUILT_PLUGINS = frozenset({"organization", "admin"})
PLUGINS = (
    "organization", "admin", "apiKey", "bearer", "jwt", "emailOtp", "passkey", "magicLink", "anonymous",
    "upgradeAnonymous", "deviceAuthorization", "twoFactor", "username", "phoneNumber", "multiSession", "openAPI",
)  # fmt: skip
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?")
ROLE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
PSEUDO_ROLES = frozenset({"PUBLIC", "AUTHENTICATED"})
LARGEST = 10_000_000
LONGEST_JWT = 60
"""Minutes. A token that nobody can take back must end soon."""


def read_auth(provider: Provider, reader: Reader) -> Auth:
    """The options of `defineAuth`."""
    fields = Fields(reader, provider.options, "providers.auth", provider.options.span)
    email = fields.fields("emailAndPassword")
    plugins = tuple(_plugins(fields.value("plugins"), reader))
    auth = Auth(
        provider.name,
        email_and_password=email.boolean("enabled", True) if email else True,
        disable_sign_up=email.boolean("disableSignUp", False) if email else False,
        plugins=tuple(name for name, _ in plugins),
        trusted_origins=read_origins(fields),
        session=_session(fields.fields("session")),
        rate_limit=_rate_limit(fields.fields("rateLimit"), reader),
        teams=fields.boolean("teams", False) or any(teams for _, teams in plugins),
    )
    if email:
        not_generated(email, ("requireEmailVerification", "minPasswordLength", "maxPasswordLength", "autoSignIn"))
        email.finish()
    not_generated(fields, ("advanced", "kvId", "socialProviders", "account", "user"))
    fields.finish()
    return auth


def read_origins(fields: Fields) -> tuple[str, ...]:
    """The origins of `trustedOrigins`."""
    strings = fields.read("trustedOrigins", fields.reader.strings) or ()
    for item in strings:
        if not ORIGIN.fullmatch(item.text):
            origin = ORIGIN.match(item.text)
            fields.reader.problems.report(BadOrigin(item.span, item.text, origin[0] if origin else ""))
    return tuple(dict.fromkeys(item.text for item in strings))


def _plugins(value: Value | None, reader: Reader) -> Iterator[tuple[str, bool]]:
    """(name, whether it enables teams): from a list of names or objects, or from an object of options by name."""
    if isinstance(value, ObjectValue):
        for entry in value.entries:
            yield from _plugin(entry.key, entry.key_span, entry, reader)
        return
    items = reader.items(value, "providers.auth.plugins", "an array of plugin names") if value else ()
    for item in items or ():
        if isinstance(item, StringValue):
            yield from _plugin(item.text, item.span, None, reader)
        elif isinstance(item, ObjectValue):
            yield from _object_plugin(item, reader)
        else:
            reader.wrong(item, "providers.auth.plugins[]", "the name of a plugin")


def _object_plugin(item: ObjectValue, reader: Reader) -> Iterator[tuple[str, bool]]:
    name, config = item.entry("name"), item.entry("config")
    if name and isinstance(name.value, StringValue):
        yield from _plugin(name.value.text, name.value.span, config, reader)
    else:
        reader.wrong(item, "providers.auth.plugins[]", 'a name, such as `{ name: "organization", config: {} }`')


def _plugin(name: str, span: Span, options: Entry | None, reader: Reader) -> Iterator[tuple[str, bool]]:
    if name not in PLUGINS:
        reader.problems.report(UnknownProvider(span, name, PLUGINS, "auth plugin"))
        return
    if name not in BUILT_PLUGINS:
        reader.problems.report(OptionNotGenerated(span, f"providers.auth.plugins.{name}"))
    yield name, name == "organization" and _enables_teams(options, reader)


def _enables_teams(options: Entry | None, reader: Reader) -> bool:
    if options is None or not isinstance(options.value, ObjectValue):
        return False
    fields = Fields(reader, options.value, "organization", options.key_span)
    teams = fields.value("teams")
    not_generated(fields, ("invitationExpiresIn", "membershipLimit", "allowUserToCreateOrganization", "creatorRole"))
    fields.finish()
    if isinstance(teams, ObjectValue):
        return Fields(reader, teams, "organization.teams", teams.span).boolean("enabled", True)
    return bool(teams and reader.boolean(teams, "organization.teams"))


def _session(fields: Fields | None) -> Session:
    if fields is None:
        return Session()
    session = Session(
        _days(fields, "expiresInDays", Session().expires_in_days),
        _days(fields, "updateAgeInDays", Session().update_age_in_days),
    )
    fields.finish()
    return session


def _days(fields: Fields, key: str, default: float) -> float:
    value = fields.value(key)
    number = fields.reader.number(value, fields.name(key)) if value else None
    if value and number is not None and number <= 0:
        fields.reader.wrong(value, fields.name(key), "a number of days above 0")
    return default if number is None else number


def _rate_limit(fields: Fields | None, reader: Reader) -> RateLimit:
    if fields is None:
        return RateLimit()
    rules = fields.value("customRules")
    entries = reader.entries(rules, fields.name("customRules")) if rules else ()
    limit = RateLimit(
        enabled=fields.boolean("enabled", True),
        window=fields.whole("window", 60, 1, LARGEST),
        max=fields.whole("max", 100, 1, LARGEST),
        custom_rules=tuple(rule for entry in entries or () if (rule := _rate_rule(entry, reader))),
    )
    not_generated(fields, ("storage",))
    fields.finish()
    return limit


def _rate_rule(entry: Entry, reader: Reader) -> RateRule | None:
    fields = reader.fields(entry.value, f"providers.auth.rateLimit.customRules.{entry.key}", entry.key_span)
    if fields is None:
        return None
    rule = RateRule(entry.key, fields.whole("window", 60, 1, LARGEST), fields.whole("max", 100, 1, LARGEST))
    fields.finish()
    return rule


def with_roles(auth: Auth, fields: Fields | None, reader: Reader) -> Auth:
    """Adds what the top-level `auth` says: roles, their hierarchy, the revocation of tokens."""
    if fields is None:
        return auth
    jwt = fields.fields("jwt")
    read = replace(
        auth,
        roles=_roles(fields, "roles", reader),
        role_hierarchy=_roles(fields, "roleHierarchy", reader),
        jwt=_jwt(jwt) if jwt else Jwt(),
    )
    not_generated(fields, ("pinnedOrganization", "deviceAuthorization"))
    fields.finish()
    return read


def _roles(fields: Fields, key: str, reader: Reader) -> tuple[str, ...]:
    strings = fields.read(key, reader.strings) or ()
    for item in strings:
        if not ROLE.match(item.text) or item.text in PSEUDO_ROLES:
            reader.problems.report(BadRole(item.span, item.text))
    return tuple(dict.fromkeys(item.text for item in strings))


def _jwt(fields: Fields) -> Jwt:
    jwt = Jwt(fields.whole("expiresInMinutes", Jwt().minutes, 1, LONGEST_JWT), _strict(fields))
    fields.finish()
    return jwt


def _strict(fields: Fields) -> bool:
    value = fields.value("revocation")
    if value is None or (isinstance(value, StringValue) and value.text in {"strict", "expiry"}):
        return isinstance(value, StringValue) and value.text == "strict"
    fields.reader.wrong(value, "auth.jwt.revocation", '"strict" or "expiry"')
    return False
