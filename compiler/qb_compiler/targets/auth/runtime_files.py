"""The runtime of sign-in that only some projects need, because it imports what only those have."""

from qb_compiler.config.model import Auth
from qb_compiler.targets.auth.aliases import aliases_of

_REQUIREMENTS = "auth-requirements.ts"
_PLUGINS = {
    "apiKey": ("api-key.ts",),
    "passkey": (_REQUIREMENTS, "passkeys.ts"),
    "upgradeAnonymous": ("upgrade-anonymous.ts",),
}
_MAIL = ("auth-mails.ts", _REQUIREMENTS, "aws-signature.ts", "mail-service.ts", "mail.ts")
_ALIASES = ("auth-aliases.ts",)


def auth_runtime(auth: Auth) -> tuple[str, ...]:
    """Where the files are that a project needs."""
    needed = [*_of_plugins(auth.plugins), *(_MAIL if auth.mail else ()), *(_ALIASES if aliases_of(auth) else ())]
    return _paths(needed)


def all_auth_runtime() -> tuple[str, ...]:
    """Where all of them are."""
    return _paths([*_of_plugins(tuple(_PLUGINS)), *_MAIL, *_ALIASES])


def _of_plugins(names: tuple[str, ...]) -> list[str]:
    return [file for name in names for file in _PLUGINS.get(name, ())]


def _paths(files: list[str]) -> tuple[str, ...]:
    """Each once, though several parts may share it."""
    return tuple(f"targets/auth/runtime/{file}" for file in dict.fromkeys(files))
