"""One finding, ready to be shown: the same object becomes terminal text, a CI line, JSON or an annotation."""

from enum import StrEnum

from qb_compiler.model.record import record
from qb_compiler.span import Span


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@record
class Label:
    """A place and what is to be said about it (may be empty)."""

    span: Span
    text: str = ""


@record
class Edit:
    """A change that certainly mends the problem: replace the span by the text."""

    span: Span
    replacement: str


@record
class Diagnostic:
    """`docs` is `topic#heading` in the docs corpus. `primary` is None only when no file is at fault."""

    code: str
    slug: str
    level: Level
    message: str
    primary: Label | None
    related: tuple[Label, ...] = ()
    hint: str | None = None
    docs: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        place = self.primary.span.key if self.primary else ("", 0, 0)
        return *place, self.code, self.message
