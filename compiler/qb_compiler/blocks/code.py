"""Functions of the author's, kept as source."""

import re
from dataclasses import replace

from qb_compiler.evaluate.values import CodeValue, Value
from qb_compiler.model.carried import Carried

FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function", "function_declaration", "method_definition",
     "generator_function", "generator_function_declaration"}
)  # fmt: skip
METHOD = re.compile(r"(?P<asynchronous>async\s+)?(?P<generator>\*\s*)?(?P<rest>[A-Za-z_$\"'\[].*)\Z", re.DOTALL)


def is_function(value: Value) -> bool:
    return isinstance(value, CodeValue) and value.kind in FUNCTIONS


def as_expression(code: CodeValue) -> Carried:
    """The function as an expression: `async execute(x) {…}` of an object becomes `async function execute(x) {…}`."""
    source = code.source
    found = METHOD.match(source.text) if code.kind == "method_definition" else None
    if found is None:
        return source
    text = f"{found['asynchronous'] or ''}function{'*' if found['generator'] else ''} {found['rest']}"
    return replace(source, text=text)
