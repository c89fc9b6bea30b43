"""Reads `providers.auth` (sign-in, sessions, limits) and the top-level `auth` (roles, tokens)."""

import re
from dataclasses import replace

from qb_compiler.config.model import Auth, Jwt, RateLimit, RateRule, Session
from qb_compiler.config.passwords import read_passwords
from qb_compiler.config.plugins import read_plugins
from qb_compiler.config.problems import BadOrigin, BadRole, MailMissing
from qb_compiler.config.providers import Provider
from qb_compiler.config.reader import not_generated
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import Entry, StringValue

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?")
ROLE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
PSEUDO_ROLES = frozenset({"PUBLIC", "AUTHENTICATED"})
LARGEST = 10_000_000
LONGEST_JWT = 60
"""Minutes. A token that nobody can take back must end soon."""


def read_auth(provider: Provider, said: frozenset[str], email: bool, reader: Reader) -> Auth:
    """The options of `defineAuth`. `said` are the variables that need not be asked for; `email`: the config has it."""
    fields = Fields(reader, provider.options, "providers.auth", provider.options.span)
    passwords = fields.fields("emailAndPassword")
    plugins = read_plugins(fields.value("plugins"), said, reader)
    auth = Auth(
        provider.name,
        read_passwords(passwords),
        email=email,
        plugins=plugins.names,
        trusted_origins=read_origins(fields),
        session=_session(fields.fields("session")),
        rate_limit=_rate_limit(fields.fields("rateLimit"), reader),
        teams=fields.boolean("teams", False) or plugins.teams,
        upgrade_anonymous=plugins.upgrade_anonymous,
    )
    if passwords and auth.passwords.require_email_verification and not auth.mail:
        reader.problems.report(MailMissing(passwords.place, passwords.name("requireEmailVerification")))
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
