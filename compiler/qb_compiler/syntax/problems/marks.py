"""Commas, colons and semicolons."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.model.record import record
from qb_compiler.span import Span
from qb_compiler.syntax.problems.base import SyntaxProblem


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
