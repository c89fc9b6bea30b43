"""Checks the values of those variables that sign-in reads."""

import json
import re

from qb_compiler.config.model import Config
from qb_compiler.config.problems import AddressNotTrusted, BadVariable
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.literal import Scalar
from qb_compiler.model.variables import auth_variables

ORIGIN = re.compile(r"(https?://[A-Za-z0-9.-]+(?::\d+)?)(?:[/?#].*)?")
ADDRESS = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
FORMS = {
    "ACCOUNT_URL": (ORIGIN, "an address such as https://account.example.com"),
    "APP_URL": (ORIGIN, "an address such as https://app.example.com"),
    "AWS_SES_REGION": (re.compile(r"[a-z]+(-[a-z]+)+-\d+"), "a region such as us-east-2"),
    "EMAIL_FROM": (ADDRESS, "a bare address such as noreply@example.com"),
    "EMAIL_REPLY_TO": (ADDRESS, "a bare address such as help@example.com"),
}


def check_variables(config: Config, problems: Problems) -> None:
    """What is wrong here would show as a refusal of every sign-in, or as a link that leads nowhere."""
    read = {variable.name for variable in auth_variables(config.auth)}
    trusted = {*config.auth.trusted_origins, *_origins(dict(config.database.vars).get("BETTER_AUTH_URL"))}
    for name, value in config.database.vars:
        form, example = FORMS.get(name, (None, ""))
        if name not in read or (form is None and isinstance(value, str)):
            continue
        match = form.fullmatch(value) if form and isinstance(value, str) else None
        if match is None:
            why = f"sign-in cannot use {json.dumps(value, ensure_ascii=False)}"
            problems.report(BadVariable(config.span, name, why, f"write {example or 'a text'}"))
        elif form is ORIGIN and match[1] not in trusted:
            problems.report(AddressNotTrusted(config.span, name, match[1]))


def _origins(value: Scalar | None) -> tuple[str, ...]:
    match = ORIGIN.fullmatch(value) if isinstance(value, str) else None
    return (match[1],) if match else ()
