"""The reader of config values: it knows `process.env`, and what is read without being generated."""

from collections.abc import Iterable

from qb_compiler.config.problems import SHAPE, OptionNotGenerated, RuntimeValue
from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import BooleanValue, ExternalValue, MemberValue, Value


def environment_variable(value: Value) -> str | None:
    """`X` of `process.env.X`."""
    if not isinstance(value, MemberValue) or not isinstance(value.object, MemberValue):
        return None
    space = value.object
    is_process = isinstance(space.object, ExternalValue) and space.object.name == "process"
    return value.name if is_process and space.name == "env" else None


class ConfigReader(Reader):
    """Answers `process.env.X` with words of its own."""

    __slots__ = ()

    def __init__(self, problems: Problems) -> None:
        Reader.__init__(self, SHAPE, problems)

    def wrong(self, value: Value, owner: str, expected: str, mending: tuple[Edit, ...] = ()) -> None:
        if environment_variable(value):
            self.problems.report(RuntimeValue(value.span, owner, value.span.text))
        else:
            Reader.wrong(self, value, owner, expected, mending)


def not_generated(fields: Fields, keys: Iterable[str]) -> None:
    """Warns of each key that is valid but has no output yet; `false` needs none."""
    for key in keys:
        entry = fields.entry(key)
        off = entry and isinstance(entry.value, BooleanValue) and not entry.value.flag
        if entry and not off:
            fields.reader.problems.report(OptionNotGenerated(entry.key_span, fields.name(key)))
