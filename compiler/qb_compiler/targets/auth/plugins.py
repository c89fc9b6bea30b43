"""The Better Auth plugins that we know: how each is imported, called, and what its tables are filed under."""

from qb_compiler.config.model import Config
from qb_compiler.model.record import record


@record
class Plugin:
    """`module` is below `better-auth/plugins/`; `call` is the expression in the list of plugins."""

    name: str
    module: str
    function: str
    call: str


def _plain(name: str, module: str) -> Plugin:
    return Plugin(name, module, name, f"{name}()")


BEARER = _plain("bearer", "bearer")
CHOSEN = {
    plugin.name: plugin
    for plugin in (
        _plain("admin", "admin"),
        _plain("anonymous", "anonymous"),
        _plain("deviceAuthorization", "device-authorization"),
        _plain("twoFactor", "two-factor"),
        _plain("username", "username"),
    )
}


def plugins_of(config: Config) -> tuple[Plugin, ...]:
    """Organizations, bearer tokens, then what the author chose, by name. Both first are there without being named."""
    chosen = tuple(CHOSEN[name] for name in sorted(set(config.auth.plugins)) if name in CHOSEN)
    organization = (_organization(config),) if config.organizations else ()
    return (*organization, BEARER, *chosen)


def table_sets(config: Config) -> tuple[str, ...]:
    """The keys of `tables.json` that apply."""
    teams = ("teams",) if config.organizations and config.auth.teams else ()
    return (*(plugin.name for plugin in plugins_of(config)), *teams)


def _organization(config: Config) -> Plugin:
    teams = ", teams: { enabled: true }" if config.auth.teams else ""
    call = f'organization({{ ac: accessControl, roles, creatorRole: "owner"{teams} }})'
    return Plugin("organization", "organization", "organization", call)
