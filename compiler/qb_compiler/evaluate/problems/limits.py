"""What would take too long, or yield too much."""

from typing import ClassVar

from qb_compiler.evaluate.problems.base import EvaluationProblem
from qb_compiler.model.record import record


@record
class TooDeep(EvaluationProblem):
    """An expression is nested too deeply.

    # What it means
    No definition nests more than a hundred levels; usually a helper function calls itself.

    # Example
    `const f = (n) => [f(n)];`

    # Fix
    Take inner parts out into constants of their own; do not let a helper call itself.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2020"
    slug: ClassVar[str] = "too-deep"

    def message(self) -> str:
        return "this is nested too deeply"

    def label(self) -> str:
        return "too many levels"

    def hint(self) -> str | None:
        return "take the inner part out into a `const`"


@record
class TooMuch(EvaluationProblem):
    """A file takes too many steps to evaluate, or yields too much.

    # What it means
    A file of definitions needs some thousand steps. Spreads of spreads and helpers that call helpers can need millions.

    # Example
    `const b = [...a, ...a]; const c = [...b, ...b]; …`

    # Fix
    Write the values out, or fewer of them.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2021"
    slug: ClassVar[str] = "too-much"

    def message(self) -> str:
        return "this is too much to compute"

    def label(self) -> str:
        return "the limit is reached here"

    def hint(self) -> str | None:
        return "write fewer values, or write them out"
