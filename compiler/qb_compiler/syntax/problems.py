"""What is no TypeScript, in words: a missing comma, a bracket that is never closed, a string that never ends."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record
from qb_compiler.span import Span

TROUBLE = "compiler/troubleshooting"


@record
class SyntaxProblem(Problem):
    """The base: all of these stop the file from being evaluated."""

    docs: ClassVar[str] = TROUBLE


@record
class MissingComma(SyntaxProblem):
    """Two items stand side by side without a comma.

    # What it means
    The items of an array, an object or a call are separated by commas.

    # Example
    `{ firewall: { organization: {} } guards: { createable: ["name"] } }`

    # Fix
    Put a comma behind the first of the two: `{ organization: {} }, guards: …`. `quickback check --fix` does it.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1101"
    slug: ClassVar[str] = "missing-comma"

    following: str

    def message(self) -> str:
        return f"a comma is missing before `{self.following}`"

    def label(self) -> str:
        return "expected `,` here"

    def hint(self) -> str | None:
        return "put `,` here"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(Span(self.span.file, self.span.start, self.span.start), ","),) if self.span else ()


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


@record
class MissingColon(SyntaxProblem):
    """A key of an object is followed by its value without a colon.

    # What it means
    An object is written as `key: value`.

    # Example
    `guards { createable: ["name"] }`

    # Fix
    Write the colon: `guards: { createable: ["name"] }`. `quickback check --fix` does it.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1105"
    slug: ClassVar[str] = "missing-colon"

    key: str

    def message(self) -> str:
        return f"a colon is missing after `{self.key}`"

    def label(self) -> str:
        return "expected `:` here"

    def hint(self) -> str | None:
        return f"write `{self.key}: …`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(Span(self.span.file, self.span.start, self.span.start), ":"),) if self.span else ()


@record
class EqualsForColon(SyntaxProblem):
    """`=` stands in an object where a colon belongs.

    # What it means
    Inside an object a value is given with `:`; `=` gives a value to a variable.

    # Example
    `{ label = "Jobs" }`

    # Fix
    Write `:`. `quickback check --fix` does it.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1106"
    slug: ClassVar[str] = "equals-for-colon"

    key: str

    def message(self) -> str:
        return f"`{self.key}` is given its value with `=`; in an object that is `:`"

    def label(self) -> str:
        return "write `:` here"

    def hint(self) -> str | None:
        return f"write `{self.key}: …`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, ":"),) if self.span else ()


@record
class SpareComma(SyntaxProblem):
    """Two commas follow each other in an object.

    # What it means
    An object has no empty places.

    # Example
    `{ createable: ["name"],, updatable: ["name"] }`

    # Fix
    Remove one of the commas. `quickback check --fix` does it.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1107"
    slug: ClassVar[str] = "spare-comma"

    def message(self) -> str:
        return "nothing stands between two commas of an object"

    def label(self) -> str:
        return "one comma too many"

    def hint(self) -> str | None:
        return "remove this `,`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, ""),) if self.span else ()


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
class SemicolonForComma(SyntaxProblem):
    """`;` stands in an object or array where a comma belongs.

    # What it means
    The items of an object or array are separated by commas; `;` ends a statement.

    # Example
    `{ firewall: { organization: {} }; }`

    # Fix
    Write `,`. `quickback check --fix` does it.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1111"
    slug: ClassVar[str] = "semicolon-for-comma"

    def message(self) -> str:
        return "items are separated by `,`, not by `;`"

    def label(self) -> str:
        return "write `,` here"

    def hint(self) -> str | None:
        return "write `,`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, ","),) if self.span else ()


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


PROBLEMS: tuple[type[Problem], ...] = (
    MissingComma, UnclosedBracket, StrayBracket, Unterminated, MissingColon, EqualsForColon, SpareComma, MissingToken,
    UnexpectedText, ParsingTooSlow, SemicolonForComma,
)  # fmt: skip
