"""Brackets and quotes without their partner."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.model.record import record
from qb_compiler.span import Span
from qb_compiler.syntax.problems.base import SyntaxProblem


@record
class UnclosedBracket(SyntaxProblem):
    """A bracket is opened and never closed.

    # What it means
    Every `(`, `[` and `{` needs its partner. The place where it was opened is marked; if another closing bracket came
    first, that one is marked as well.

    # Example
    `export default defineTable(jobs, { firewall: { organization: {} );`

    # Fix
    Write the closing bracket where the group ends.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1102"
    slug: ClassVar[str] = "unclosed-bracket"

    opened: str
    expected: str
    found: str
    found_at: Span | None

    def message(self) -> str:
        where = f"before `{self.found}`" if self.found else "before the file ends"
        return f"`{self.opened}` is not closed {where}"

    def label(self) -> str:
        return f"needs a `{self.expected}`"

    def hint(self) -> str | None:
        return f"write `{self.expected}` {f'before this `{self.found}`' if self.found else 'where the group ends'}"

    def related(self) -> tuple[Label, ...]:
        return (Label(self.found_at, f"`{self.expected}` was expected before this"),) if self.found_at else ()


@record
class StrayBracket(SyntaxProblem):
    """A bracket is closed that was never opened.

    # What it means
    There is one closing bracket too many, or its opening partner is missing.

    # Example
    `export const ROLES = ["owner", "admin"]];`

    # Fix
    Remove the bracket, or write its partner.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1103"
    slug: ClassVar[str] = "stray-bracket"

    bracket: str

    def message(self) -> str:
        return f"`{self.bracket}` closes nothing"

    def label(self) -> str:
        return "no bracket is open here"

    def hint(self) -> str | None:
        return f"remove this `{self.bracket}`"


@record
class Unterminated(SyntaxProblem):
    """A string, template or comment never ends.

    # What it means
    A string ends on its own line with the quote it began with; a template ends with a backquote, a comment with `*/`.

    # Example
    `label: "Jobs,`

    # Fix
    Write the closing mark.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1104"
    slug: ClassVar[str] = "unterminated"

    kind: str
    closing: str

    def message(self) -> str:
        return f"this {self.kind} never ends"

    def label(self) -> str:
        return f"needs {self.closing}"

    def hint(self) -> str | None:
        return f"write {self.closing} where the {self.kind} ends"
