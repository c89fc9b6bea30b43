"""Reads `plugins` of `defineAuth`: names, and options of those plugins that have some."""

from collections.abc import Iterator

from qb_compiler.config.model import UpgradeAnonymous
from qb_compiler.config.problems import AddressUnproven, OptionNotGenerated, UnknownProvider, VariablesMissing
from qb_compiler.config.reader import not_generated
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import Entry, ObjectValue, StringValue, Value
from qb_compiler.model.record import record
from qb_compiler.model.variables import plugin_variables, unset
from qb_compiler.span import Span

BUILT_PLUGINS = frozenset(
    {
        "admin", "anonymous", "apiKey", "bearer", "deviceAuthorization", "emailOtp", "jwt", "magicLink",
        "organization", "passkey", "twoFactor", "upgradeAnonymous", "username",
    }
)  # fmt: skip
"""`organization`, `bearer` and `jwt` need not be named: they are always there."""
PLUGINS = (
    "organization", "admin", "apiKey", "bearer", "jwt", "emailOtp", "passkey", "magicLink", "anonymous",
    "upgradeAnonymous", "deviceAuthorization", "twoFactor", "username", "phoneNumber", "multiSession", "openAPI",
)  # fmt: skip
NEEDS = {"upgradeAnonymous": "anonymous"}
"""A plugin that works on what another one makes brings it along."""


@record
class Plugins:
    names: tuple[str, ...] = ()
    teams: bool = False
    upgrade_anonymous: UpgradeAnonymous = UpgradeAnonymous()


@record
class _Named:
    """One plugin as the author wrote it; `options` is where they stand."""

    name: str
    span: Span
    options: Entry | None = None


def read_plugins(value: Value | None, said: frozenset[str], reader: Reader) -> Plugins:
    """From a list of names or objects, or from an object of options by name; `said` are variables that are set."""
    named = [plugin for plugin in _named(value, reader) if _is_known(plugin, reader)]
    options = {plugin.name: plugin.options for plugin in named}
    for plugin in named:
        if plugin.options and plugin.name not in {"organization", "upgradeAnonymous"}:
            _ignore_options(plugin.name, plugin.options, reader)
        missing = unset(plugin_variables(plugin.name), said)
        said |= {*missing}
        if missing:
            reader.problems.report(VariablesMissing(plugin.span, plugin.name, missing))
    names = (name for plugin in named for name in (NEEDS.get(plugin.name), plugin.name) if name)
    return Plugins(
        tuple(dict.fromkeys(names)),
        _enables_teams(options.get("organization"), reader),
        _upgrade_anonymous(options.get("upgradeAnonymous"), reader),
    )


def _named(value: Value | None, reader: Reader) -> Iterator[_Named]:
    if isinstance(value, ObjectValue):
        yield from (_Named(entry.key, entry.key_span, entry) for entry in value.entries)
        return
    items = reader.items(value, "providers.auth.plugins", "an array of plugin names") if value else ()
    for item in items or ():
        if isinstance(item, StringValue):
            yield _Named(item.text, item.span)
        elif isinstance(item, ObjectValue):
            yield from _object(item, reader)
        else:
            reader.wrong(item, "providers.auth.plugins[]", "the name of a plugin")


def _object(item: ObjectValue, reader: Reader) -> Iterator[_Named]:
    name, config = item.entry("name"), item.entry("config")
    if name and isinstance(name.value, StringValue):
        yield _Named(name.value.text, name.value.span, config)
    else:
        reader.wrong(item, "providers.auth.plugins[]", 'a name, such as `{ name: "organization", config: {} }`')


def _is_known(plugin: _Named, reader: Reader) -> bool:
    if plugin.name not in PLUGINS:
        reader.problems.report(UnknownProvider(plugin.span, plugin.name, PLUGINS, "auth plugin"))
        return False
    if plugin.name not in BUILT_PLUGINS:
        reader.problems.report(OptionNotGenerated(plugin.span, f"providers.auth.plugins.{plugin.name}"))
    return True


def _ignore_options(plugin: str, options: Entry, reader: Reader) -> None:
    for entry in reader.entries(options.value, plugin) or ():
        reader.problems.report(OptionNotGenerated(entry.key_span, f"providers.auth.plugins.{plugin}.{entry.key}"))


def _upgrade_anonymous(options: Entry | None, reader: Reader) -> UpgradeAnonymous:
    fields = reader.fields(options.value, "upgradeAnonymous", options.key_span) if options else None
    if fields is None:
        return UpgradeAnonymous()
    read = UpgradeAnonymous(fields.boolean("emailConfigured", False), fields.boolean("requireEmailVerification", True))
    unproven = fields.entry("requireEmailVerification")
    if unproven and read.email_configured and not read.require_email_verification:
        reader.problems.report(AddressUnproven(unproven.key_span))
    fields.finish()
    return read


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
