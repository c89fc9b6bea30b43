"""What sign-in needs of the Worker's environment, beside the secret that every project has."""

from collections.abc import Iterator

from qb_compiler.config.model import MAILING_PLUGINS, Auth
from qb_compiler.model.record import record


@record
class Variable:
    """A variable, or a secret: a variable that must not be written into the config."""

    name: str
    says: str
    required: bool = False
    secret: bool = False


ACCOUNT = (Variable("ACCOUNT_URL", "The address of the pages that register passkeys and sign in with them.", True),)
MAIL = (
    Variable("AWS_ACCESS_KEY_ID", "Of the AWS user that may send mail by SES; a secret.", True, True),
    Variable("AWS_SECRET_ACCESS_KEY", "The key of that user; a secret.", True, True),
    Variable("AWS_SES_REGION", "The region of AWS that sends, such as us-east-2.", True),
    Variable("EMAIL_FROM", "The address that mails come from; SES must have verified it or its domain.", True),
    Variable("EMAIL_FROM_NAME", "The name beside that address."),
    Variable("EMAIL_REPLY_TO", "Where answers to mails go."),
    Variable("APP_NAME", "What mails call the app."),
    Variable("APP_URL", "The address of the app, which links in mails lead to."),
)


def plugin_variables(plugin: str) -> tuple[Variable, ...]:
    """What one plugin reads."""
    if plugin in MAILING_PLUGINS:
        return MAIL
    return ACCOUNT if plugin == "passkey" else ()


def unset(needed: tuple[Variable, ...], given: frozenset[str]) -> tuple[str, ...]:
    """What a config has to say and does not; secrets have no place in it."""
    return tuple(need.name for need in needed if need.required and not need.secret and need.name not in given)


def auth_variables(auth: Auth) -> tuple[Variable, ...]:
    """What sign-in of a project reads."""
    return tuple(_of(auth))


def _of(auth: Auth) -> Iterator[Variable]:
    if "passkey" in auth.plugins:
        yield from ACCOUNT
    if auth.mail:
        yield from MAIL
