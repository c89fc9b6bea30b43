"""`feature(name, { … })` of later versions declares a table without a name of its own in code."""

import re

from qb_compiler.evaluate.values import CallValue, ExternalValue, StringValue, Value
from qb_compiler.source.specifiers import COMPILER_PACKAGE

SEPARATED = re.compile(r"[_-]+(.)")


def is_feature(value: Value | None) -> bool:
    """Whether a value is a call of `feature`."""
    match value:
        case CallValue(ExternalValue(module, "feature")):
            return module == COMPILER_PACKAGE
        case _:
            return False


def table_key(call: CallValue) -> str:
    """The name that the table has in code: `job_postings` is `jobPostings`."""
    name = call.arguments[0] if call.arguments else None
    text = name.text if isinstance(name, StringValue) else "table"
    return SEPARATED.sub(lambda found: found[1].upper(), text)
