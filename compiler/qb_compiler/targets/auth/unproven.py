"""`src/auth/unproven.ts`: what ends when the owner of an address proves it to be theirs."""

from collections.abc import Iterator

from qb_compiler.config.model import Auth
from qb_compiler.targets.imports import import_statements
from qb_compiler.targets.rendering import render

PATH = "src/auth/unproven.ts"
_TABLES = {
    "apiKey": ("apikey", "referenceId"),
    "deviceAuthorization": ("deviceCode", "userId"),
    "passkey": ("passkey", "userId"),
    "twoFactor": ("twoFactor", "userId"),
}
"""Plugin -> the table that holds what opens an account, and the column with the user's id."""


def unproven(auth: Auth) -> tuple[tuple[str, str], ...]:
    """The tables of a project where addresses are proven by mail."""
    return tuple(_TABLES[plugin] for plugin in sorted(_TABLES) if auth.mail and plugin in auth.plugins)


def emit_unproven(auth: Auth) -> Iterator[tuple[str, str]]:
    """Path and text of the module, where there is anything to end."""
    tables = unproven(auth)
    second_factor = "twoFactor" in auth.plugins
    if tables:
        imports = import_statements(
            {
                "drizzle-orm": {"eq"},
                "../db/auth-schema": {table for table, _ in tables} | ({"user"} if second_factor else set()),
                "../db/connections": {"authDb"},
                "../env": {"type Env"},
            }
        )
        yield (
            PATH,
            render("targets/auth/unproven.ts.jinja", imports=imports, tables=tables, second_factor=second_factor),
        )
