"""Prints a chain of calls: `text("id").primaryKey()`, broken before each dot where it is long or holds functions."""

from qb_compiler.model.record import record
from qb_compiler.targets.api.code import WIDTH, Code, Entry, Group, flat, layout

_MOST_INLINE = 2


@record
class Call:
    """`name(arguments)`; in a chain all but the first follow a dot. With `whole`, `name` is the call as written."""

    name: str
    arguments: tuple[Code, ...] = ()
    whole: bool = False

    @property
    def code(self) -> Code:
        return self.name if self.whole else Group(f"{self.name}(", self.arguments, ")")

    @property
    def is_simple(self) -> bool:
        """Whether formatters leave a long chain with this call on one line: no functions, nothing nested."""
        return not any("=>" in flat(argument) or _is_nested(argument) for argument in self.arguments)


def chain(calls: tuple[Call, ...], indent: int, before: str = "", after: str = "") -> str:
    """The chain after `before`, at column `indent`; continuation lines are indented by two more."""
    line = before + ".".join(flat(call.code) for call in calls) + after
    broken = len(calls) > _MOST_INLINE and not all(call.is_simple for call in calls)
    if "\n" not in line and not broken and indent + len(line) <= WIDTH:
        return line
    if len(calls) == 1:
        return call_layout(before, calls[0], after, indent)
    if len(calls) == _MOST_INLINE:
        head = f"{before}{flat(calls[0].code)}."
        return call_layout(head, calls[1], after, indent)
    inner = indent + 2
    first, *rest = calls
    lines = [call_layout(before, first, "", indent)]
    lines += [call_layout(f"{' ' * inner}.", call, "", inner, inner) for call in rest]
    return "\n".join(lines) + after


def call_layout(before: str, call: Call, after: str, indent: int, already: int = 0) -> str:
    """One call; a last argument that is an object or array stays beside the bracket when it has to break."""
    width = indent - already
    one_line = layout(before, call.code, after, width)
    if "\n" not in one_line or not call.arguments:
        return one_line
    *leading, last = call.arguments
    if not isinstance(last, Group):
        return one_line
    head = "".join(f"{flat(argument)}, " for argument in leading)
    return layout(f"{before}{call.name}({head}", last, f"){after}", width)


def _is_nested(code: Code) -> bool:
    inner = [item.value if isinstance(item, Entry) else item for item in code.items] if isinstance(code, Group) else []
    return any(isinstance(item, Group) for item in inner)
