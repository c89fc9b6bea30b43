"""The methods of strings that are computed on constants.

JavaScript counts a character beyond the first plane as two; a method that counts is
computed only where that is no matter.
"""

from collections.abc import Callable

from qb_compiler.evaluate.made_call import MadeCall, Wrong
from qb_compiler.evaluate.values import BooleanValue, Value

Method = Callable[[MadeCall, str], Value]
BLANK = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


def _countable(text: str) -> str:
    if text and max(text) > "\uffff":
        raise Wrong("a text without characters such as emoji")
    return text


def _slice(made: MadeCall, text: str) -> Value:
    made.at_most(2)
    return made.string(_countable(text)[made.number(0, 0) : made.number(1, len(text))])


def _split(made: MadeCall, text: str) -> Value:
    made.at_most(1)
    separator = made.text(0)
    return made.strings(text.split(separator) if separator else list(_countable(text)))


def _replace_all(made: MadeCall, text: str) -> Value:
    """`$` in the replacement has a meaning of its own, which is not computed."""
    made.at_most(2)
    if "$" in made.text(1):
        raise Wrong("a replacement without `$`", made.given(1))
    return made.string(text.replace(made.text(0), made.text(1)))


def _test(test: Callable[[str, str], bool]) -> Method:
    def compute(made: MadeCall, text: str) -> Value:
        made.at_most(1)
        return BooleanValue(test(text, made.text(0)), made.span)

    return compute


def _changed(change: Callable[[str], str]) -> Method:
    def compute(made: MadeCall, text: str) -> Value:
        made.at_most(0)
        return made.string(change(text))

    return compute


STRING_METHODS: dict[str, Method] = {
    "toUpperCase": _changed(str.upper),
    "toLowerCase": _changed(str.lower),
    "trim": _changed(lambda text: text.strip(BLANK)),
    "toString": _changed(str),
    "concat": lambda made, text: made.string(text + "".join(made.text(n) for n in range(len(made.arguments)))),
    "includes": _test(lambda text, part: part in text),
    "startsWith": _test(str.startswith),
    "endsWith": _test(str.endswith),
    "slice": _slice,
    "split": _split,
    "replaceAll": _replace_all,
}
