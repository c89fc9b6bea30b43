"""Reads `emailAndPassword` of `defineAuth`."""

from qb_compiler.config.model import Passwords
from qb_compiler.evaluate.decode import Fields

SHORTEST, LONGEST = 8, 128
"""Shorter passwords are guessed; longer ones make work for whoever sends many."""


def read_passwords(fields: Fields | None) -> Passwords:
    if fields is None:
        return Passwords()
    defaults = Passwords()
    shortest = fields.whole("minPasswordLength", defaults.min_length, SHORTEST, LONGEST)
    read = Passwords(
        fields.boolean("enabled", defaults.enabled),
        fields.boolean("disableSignUp", defaults.disable_sign_up),
        fields.boolean("requireEmailVerification", defaults.require_email_verification),
        fields.boolean("autoSignIn", defaults.auto_sign_in),
        shortest,
        fields.whole("maxPasswordLength", defaults.max_length, shortest, LONGEST),
    )
    fields.finish()
    return read
