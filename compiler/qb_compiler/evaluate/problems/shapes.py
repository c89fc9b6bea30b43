"""Constants that are written in a way that cannot be meant."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Label
from qb_compiler.evaluate.problems.base import EvaluationProblem
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class WrongSpread(EvaluationProblem):
    """Something is spread that cannot be.

    # What it means
    `...` in an array needs an array, in an object an object, and both must be constants.

    # Example
    `roles: [...ADMIN_ROLE]` where the constant is a number.

    # Fix
    Spread a constant of the right kind, or leave the dots out.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2016"
    slug: ClassVar[str] = "wrong-spread"

    wanted: str

    def message(self) -> str:
        return f"`...` needs {self.wanted} here"

    def label(self) -> str:
        return f"this is not {self.wanted}"

    def hint(self) -> str | None:
        return "leave the `...` out, or spread a constant"


@record
class DuplicateKey(EvaluationProblem):
    """An object names a key twice.

    # What it means
    The second value would silently replace the first.

    # Example
    `{ createable: ["name"], createable: ["email"] }`

    # Fix
    Keep one of the two, or merge them.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2017"
    slug: ClassVar[str] = "duplicate-key"

    name: str
    first: Span

    def message(self) -> str:
        return f"the key `{self.name}` is written twice"

    def label(self) -> str:
        return "again"

    def hint(self) -> str | None:
        return "keep one of the two"

    def related(self) -> tuple[Label, ...]:
        return (Label(self.first, "first here"), *EvaluationProblem.related(self))


@record
class EmptySlot(EvaluationProblem):
    """An array has an empty place.

    # What it means
    Two commas without anything between them make an item that is undefined, which is never meant.

    # Example
    `roles: ["owner",, "admin"]`

    # Fix
    Remove one of the commas. `quickback check --fix` does it.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2018"
    slug: ClassVar[str] = "empty-slot"

    def message(self) -> str:
        return "nothing stands between two commas of an array"

    def label(self) -> str:
        return "one comma too many"

    def hint(self) -> str | None:
        return "remove this `,`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, ""),)


@record
class WrongKey(EvaluationProblem):
    """A key of an object cannot be used.

    # What it means
    A computed key must be a constant string or number; `__proto__`, accessors and private names are not data.

    # Example
    `{ [Math.random()]: true }`

    # Fix
    Write the key as a name or a string.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2019"
    slug: ClassVar[str] = "wrong-key"

    why: str

    def message(self) -> str:
        return f"this key cannot be used: {self.why}"

    def label(self) -> str:
        return "not a plain key"

    def hint(self) -> str | None:
        return "write the key as a name or a string"


@record
class PatternMismatch(EvaluationProblem):
    """A destructuring pattern does not fit its value.

    # What it means
    `{ … }` takes an object apart and `[ … ]` an array; the value is another one, or is not a constant.

    # Example
    `const [first] = { first: 1 };`

    # Fix
    Use the pattern that fits.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2023"
    slug: ClassVar[str] = "pattern-mismatch"

    wanted: str

    def message(self) -> str:
        return f"this pattern needs {self.wanted}"

    def label(self) -> str:
        return f"the value is not {self.wanted}"

    def hint(self) -> str | None:
        return "name the value first, then use its members"


@record
class WrongArgument(EvaluationProblem):
    """A function of JavaScript is called with something it is not computed for.

    # What it means
    `map`, `filter`, `join`, `Object.keys` and their like are computed for the usual arguments only.

    # Example
    `ROLES.map("owner")`

    # Fix
    Write the call in its usual form, or write the result.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2024"
    slug: ClassVar[str] = "wrong-argument"

    function: str
    expected: str

    def message(self) -> str:
        return f"`{self.function}` needs {self.expected}"

    def label(self) -> str:
        return f"not {self.expected}"

    def hint(self) -> str | None:
        return "write the result itself"


@record
class NotFinite(EvaluationProblem):
    """A calculation yields no number.

    # What it means
    The result is infinite or NaN, which no definition can hold.

    # Example
    `pageSize: 10 / 0`

    # Fix
    Correct the calculation.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2025"
    slug: ClassVar[str] = "not-finite"

    def message(self) -> str:
        return "this yields no finite number"

    def label(self) -> str:
        return "infinite or not a number"

    def hint(self) -> str | None:
        return "correct the calculation"


@record
class BadEscape(EvaluationProblem):
    """A string holds an escape that means nothing.

    # What it means
    `\\u` needs four hexadecimal digits or `{…}`, `\\x` needs two, and half of a surrogate pair is no character.

    # Example
    `"caf\\u00"`

    # Fix
    Write the character itself.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2026"
    slug: ClassVar[str] = "bad-escape"

    def message(self) -> str:
        return "this text holds an escape that means no character"

    def label(self) -> str:
        return "not a valid escape"

    def hint(self) -> str | None:
        return "write the character itself"
