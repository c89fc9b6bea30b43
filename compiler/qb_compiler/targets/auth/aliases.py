"""Requests by the names that this API documents, where Better Auth has the endpoint under another one."""

from collections.abc import Iterator

from qb_compiler.config.model import Auth
from qb_compiler.model.record import record
from qb_compiler.targets.api.code import Code, layout, map_of, object_, text
from qb_compiler.targets.rendering import render

PATH = "src/auth/aliases.ts"


@record
class Alias:
    """`path` is ours, `endpoint` Better Auth's. `wrapped`: the body is what Better Auth reads as its `response`."""

    path: str
    endpoint: str
    method: str = "POST"
    wrapped: bool = False


_PASSWORDS = (Alias("/forget-password", "/request-password-reset"),)
_OF_PLUGINS = {
    "emailOtp": (Alias("/email-otp/verify-otp", "/sign-in/email-otp"),),
    "magicLink": (Alias("/magic-link/send", "/sign-in/magic-link"),),
    "passkey": (
        Alias("/passkey/register/options", "/passkey/generate-register-options", "GET"),
        Alias("/passkey/register/verify", "/passkey/verify-registration", wrapped=True),
        Alias("/passkey/authenticate/options", "/passkey/generate-authenticate-options", "GET"),
        Alias("/passkey/authenticate/verify", "/passkey/verify-authentication", wrapped=True),
    ),
}


def aliases_of(auth: Auth) -> tuple[Alias, ...]:
    """Those of the project's sign-in; every one is a POST."""
    of_plugins = (alias for plugin in sorted(auth.plugins) for alias in _OF_PLUGINS.get(plugin, ()))
    return (*(_PASSWORDS if auth.mail and auth.passwords.enabled else ()), *of_plugins)


def endpoint_of(auth: Auth, path: str) -> str:
    """The path of Better Auth that a documented path stands for, or the path itself."""
    return next((alias.endpoint for alias in aliases_of(auth) if alias.path == path), path)


def emit_aliases(auth: Auth) -> Iterator[tuple[str, str]]:
    """Path and text of the module, where there are any."""
    if aliases := aliases_of(auth):
        entries: list[tuple[str, Code]] = [(alias.path, _endpoint(alias)) for alias in aliases]
        code = layout("export const aliases: ReadonlyMap<string, Endpoint> = ", map_of(entries), ";")
        yield PATH, render("targets/auth/aliases.ts.jinja", aliases=code)


def _endpoint(alias: Alias) -> Code:
    wrapped: list[tuple[str, Code]] = [("wrapped", "true")] if alias.wrapped else []
    return object_([("method", text(alias.method)), ("path", text(alias.endpoint)), *wrapped])
