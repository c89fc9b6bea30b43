"""Text that is no TypeScript, or takes too long to tell."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.model.record import record
from qb_compiler.span import Span
from qb_compiler.syntax.problems.base import SyntaxProblem


@record
class MissingToken(SyntaxProblem):
    """Something that the grammar demands is not there.

    # What it means
    The text reads well up to the marked place, and what must follow there does not.

    # Example
    `const limit = ;`

    # Fix
    Write what the message names.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1108"
    slug: ClassVar[str] = "missing-token"

    expected: str
    found: str

    def message(self) -> str:
        got = f"but `{self.found}` follows" if self.found else "but the file ends"
        return f"expected {self.expected}, {got}"

    def label(self) -> str:
        return f"expected {self.expected} before this"

    def hint(self) -> str | None:
        return f"write {self.expected} before `{self.found}`" if self.found else f"write {self.expected} here"

    def edits(self) -> tuple[Edit, ...]:
        """A sign or word that is certain; a value or a name is not."""
        if self.span is None or not self.expected.startswith("`") or self.expected in {"`;`", "``"}:
            return ()
        return (Edit(Span(self.span.file, self.span.start, self.span.start), f"{self.expected.strip('`')} "),)


@record
class UnexpectedText(SyntaxProblem):
    """The text cannot be read as TypeScript from the marked place on.

    # What it means
    The marked word or sign has no meaning where it stands.

    # Example
    `export default defineTable(jobs, { firewall: @organization });`

    # Fix
    Look at the marked place and just before it: a missing or superfluous sign, or a word of another language.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1109"
    slug: ClassVar[str] = "unexpected-text"

    found: str
    context: str
    advice: str = ""
    replacement: str = ""

    def message(self) -> str:
        return f"`{self.found}` makes no sense {self.context}"

    def label(self) -> str:
        return "" if self.advice else "not understood from here on"

    def hint(self) -> str | None:
        return self.advice or "look just before this place: a sign is missing there or superfluous here"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, self.replacement),) if self.span and self.replacement else ()


@record
class ParsingTooSlow(SyntaxProblem):
    """A file takes longer to parse than any file that people write.

    # What it means
    Parsing has a budget of two seconds for each file. The file is unusually large or unusually convoluted.

    # Example
    One expression of many thousand nested or chained parts.

    # Fix
    Split the file, or generate less of it.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1110"
    slug: ClassVar[str] = "parsing-too-slow"

    path: str
    seconds: float

    def message(self) -> str:
        return f"`{self.path}` takes more than {self.seconds:g} s to parse"

    def hint(self) -> str | None:
        return "split the file"
