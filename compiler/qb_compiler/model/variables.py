"""What sign-in needs of the Worker's environment, beside the secret that every project has."""

from qb_compiler.config.model import Auth
from qb_compiler.model.record import record


@record
class Variable:
    """A variable, or a secret: a variable that must not be written into the config."""

    name: str
    says: str
    required: bool = False
    secret: bool = False


ACCOUNT = (Variable("ACCOUNT_URL", "The address of the pages that register passkeys and sign in with them.", True),)
_OF_PLUGINS = {"passkey": ACCOUNT}


def plugin_variables(plugin: str) -> tuple[Variable, ...]:
    """What one plugin reads."""
    return _OF_PLUGINS.get(plugin, ())


def auth_variables(auth: Auth) -> tuple[Variable, ...]:
    """What all plugins of a project read, each once."""
    found = {variable.name: variable for plugin in auth.plugins for variable in plugin_variables(plugin)}
    return tuple(found.values())
