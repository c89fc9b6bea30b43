"""The runtime of sign-in that only some projects need, because it imports what only those have."""

from collections.abc import Iterable

from qb_compiler.config.model import Config
from qb_compiler.targets.auth.aliases import aliases_of
from qb_compiler.targets.auth.plugins import plugins_of

_LIB = "../lib/"
_PLUGINS = {
    "code-and-link": ("code-and-link.ts",),
    "mail-service": ("auth-mails.ts", "auth-requirements.ts", "aws-signature.ts", "mail-service.ts", "mail.ts"),
    "ownership": ("ownership.ts",),
    "passkeys": ("auth-requirements.ts", "passkeys.ts"),
    "second-factor": ("second-factor.ts",),
    "upgrade-anonymous": ("upgrade-anonymous.ts",),
}
"""Plugins of ours by module, with what they import."""
_API_KEYS = ("api-key.ts",)
_ALIASES = ("auth-aliases.ts",)


def auth_runtime(config: Config) -> tuple[str, ...]:
    """Where the files are that a project needs."""
    ours = (plugin.module.removeprefix(_LIB) for plugin in plugins_of(config) if plugin.module.startswith(_LIB))
    api_keys = _API_KEYS if config.auth.api_keys else ()
    return _paths([*api_keys, *_files(ours), *(_ALIASES if aliases_of(config.auth) else ())])


def all_auth_runtime() -> tuple[str, ...]:
    """Where all of them are."""
    return _paths([*_API_KEYS, *_files(_PLUGINS), *_ALIASES])


def _files(modules: Iterable[str]) -> list[str]:
    return [file for module in modules for file in _PLUGINS[module]]


def _paths(files: list[str]) -> tuple[str, ...]:
    """Each once, though several plugins may share it."""
    return tuple(f"targets/auth/runtime/{file}" for file in dict.fromkeys(files))
