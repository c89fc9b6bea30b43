"""What can be wrong with the shape of a value: the bases of every block's first three problems.

A block subclasses all three, gives them its codes, and hands them to `decode.Reader` as one `Shape`.
"""

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.model.record import record
from qb_compiler.span import Span

CONFIG = "defineConfig"
LEFT_OUT = "left out"
QUOTES = "\"'`"


def rename(span: Span, name: str) -> Edit:
    """Puts `name` where another name stands, keeping its quotes."""
    quote = span.text[:1] if span.text[:1] in QUOTES else ""
    if not quote and not name.isidentifier():
        quote = '"'
    return Edit(span, f"{quote}{name}{quote}")


def listing(names: tuple[str, ...], limit: int = 12) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:limit])
    return f"{shown}, …" if len(names) > limit else shown


@record
class NamesUnknown(Problem):
    """A name that is not one of `known`; the nearest one is suggested and offered as an edit."""

    name: str
    known: tuple[str, ...]

    def hint(self) -> str | None:
        near = nearest(self.name, self.known)
        if near:
            return f"did you mean `{near[0]}`?"
        return f"it is one of {listing(self.known)}" if self.known else f"remove `{self.name}`"

    def edits(self) -> tuple[Edit, ...]:
        near = nearest(self.name, self.known)
        return (rename(self.span, near[0]),) if near and self.span else ()


@record
class UnknownKey(NamesUnknown):
    owner: str

    def message(self) -> str:
        return f"`{self.owner or CONFIG}` has no option `{self.name}`"

    def label(self) -> str:
        return "unknown option"

    def hint(self) -> str | None:
        near = nearest(self.name, self.known)
        return f"did you mean `{near[0]}`?" if near else f"the options are {listing(self.known, 20)}"


@record
class UnknownColumn(NamesUnknown):
    owner: str
    table: str

    def message(self) -> str:
        return f"`{self.owner}` names a column that does not exist"

    def label(self) -> str:
        return f"no such column in `{self.table}`"

    def hint(self) -> str | None:
        near = nearest(self.name, self.known)
        return f"did you mean `{near[0]}`?" if near else f"the columns are {listing(self.known, 20)}"


@record
class WrongValue(Problem):
    owner: str
    expected: str
    got: str
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"`{self.owner}` must be {self.expected}"

    def label(self) -> str:
        return f"this is {self.got}"

    def hint(self) -> str | None:
        if self.mending:
            return f"write `{self.mending[0].replacement}`"
        if self.expected.startswith(LEFT_OUT):
            return "leave it out"
        return f"write {self.expected.removeprefix('given ')}"

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class MissingKey(Problem):
    owner: str
    key: str
    example: str

    def message(self) -> str:
        return f"`{self.owner or CONFIG}` needs `{self.key}`"

    def label(self) -> str:
        return f"`{self.key}` is missing here"

    def hint(self) -> str | None:
        return f"add `{self.example or self.key}`"


@record
class Shape:
    """The problem classes of one block. A block that opens no object with known keys needs only the first."""

    wrong: type[WrongValue]
    unknown: type[UnknownKey] = UnknownKey
    missing: type[MissingKey] = MissingKey
