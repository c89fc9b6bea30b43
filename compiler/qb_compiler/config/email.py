"""Reads `email`: that the API sends mail, and from whom, which becomes variables of the Worker."""

from qb_compiler.config.problems import BadVariable, TargetNotBuilt, UnknownProvider, VariablesMissing
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields
from qb_compiler.evaluate.values import BooleanValue
from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record
from qb_compiler.model.variables import MAIL, unset
from qb_compiler.span import Span

PROVIDER = "aws-ses"
NOT_BUILT = ("cloudflare",)
Variables = tuple[tuple[str, Scalar], ...]


@record
class Email:
    """`variables` are those that the options stand for."""

    span: Span
    variables: Variables


def read_email(config: Fields) -> Email | None:
    entry = config.entry("email")
    if entry is None or (isinstance(entry.value, BooleanValue) and not entry.value.flag):
        return None
    fields = config.reader.fields(entry.value, "email", entry.key_span)
    if fields is None:
        return None
    _check_provider(fields)
    given = (("EMAIL_FROM", fields.string("from")), ("EMAIL_FROM_NAME", fields.string("fromName")))
    fields.finish()
    return Email(entry.key_span, tuple((name, text) for name, text in given if text is not None))


def _check_provider(fields: Fields) -> None:
    value = fields.value("provider")
    name = fields.reader.string(value, "email.provider") if value else None
    if value is None or name is None or name == PROVIDER:
        return
    if name in NOT_BUILT:
        fields.reader.problems.report(TargetNotBuilt(value.span, "mail service", name, PROVIDER))
    else:
        fields.reader.problems.report(UnknownProvider(value.span, name, (PROVIDER, *NOT_BUILT), "mail service"))


def with_email(variables: Variables, email: Email | None, problems: Problems) -> Variables:
    """The variables of the config together with those that `email` stands for."""
    if email is None:
        return variables
    names = {name for name, _ in variables}
    for name, _ in email.variables:
        if name in names:
            problems.report(BadVariable(email.span, name, "`email` and `vars` both say what it is", "keep one of them"))
    together = (*variables, *(variable for variable in email.variables if variable[0] not in names))
    if missing := unset(MAIL, frozenset(name for name, _ in together)):
        problems.report(VariablesMissing(email.span, "email", missing))
    return together
