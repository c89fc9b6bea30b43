"""What is known only when the program runs, or depends on the order in which it runs."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Label
from qb_compiler.evaluate.problems.base import EvaluationProblem
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class EvaluatedInCircles(EvaluationProblem):
    """A constant needs its own value.

    # What it means
    Constants, or files that import each other, refer to each other in a circle, so none of them can be computed.

    # Example
    `const a = { ...b }; const b = { ...a };`

    # Fix
    Move what both need into a constant, or a file, of its own.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2006"
    slug: ClassVar[str] = "evaluated-in-circles"

    name: str

    def message(self) -> str:
        return f"the value of `{self.name}` depends on itself"

    def label(self) -> str:
        return "the circle closes here"

    def hint(self) -> str | None:
        return "move what both need into a constant of its own"


@record
class NotStatic(EvaluationProblem):
    """An expression is of a kind that is known only when the program runs.

    # What it means
    Definitions are read, never executed. What a definition says must follow from its text.

    # Example
    `createdAfter: new Date()`

    # Fix
    Write the value itself, or move the work into an action or a handler, which do run.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2010"
    slug: ClassVar[str] = "not-static"

    construct: str
    rewrite: str

    def message(self) -> str:
        return f"{self.construct} cannot be read without running it"

    def label(self) -> str:
        return "known only at runtime"

    def hint(self) -> str | None:
        return self.rewrite


@record
class NotConstant(EvaluationProblem):
    """A part of an expression is not a constant.

    # What it means
    Operators, templates and functions such as `map` are computed where everything they need is a constant. This part
    is not.

    # Example
    ``label: `jobs of ${process.env.NAME}` ``

    # Fix
    Put a constant in its place.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2011"
    slug: ClassVar[str] = "not-constant"

    needed_by: str

    def message(self) -> str:
        return f"{self.needed_by} needs a constant here"

    def label(self) -> str:
        return "not a constant"

    def hint(self) -> str | None:
        return "write the value itself, or a `const` that holds it"


@record
class Reassigned(EvaluationProblem):
    """A variable changes after it was declared.

    # What it means
    Which value the definition would see depends on the order in which code runs, so the compiler does not guess.

    # Example
    `let roles = ["owner"]; roles = ["admin"];` or `ROLES.push("admin")`

    # Fix
    Write one constant: `const roles = ["admin"];`

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2012"
    slug: ClassVar[str] = "reassigned"

    name: str
    changed_at: Span | None

    def message(self) -> str:
        return f"`{self.name}` changes after it is declared"

    def label(self) -> str:
        return "which value is meant is not certain"

    def hint(self) -> str | None:
        return f"make `{self.name}` a `const` with its final value"

    def related(self) -> tuple[Label, ...]:
        changed = (Label(self.changed_at, "changed here"),) if self.changed_at else ()
        return (*changed, *EvaluationProblem.related(self))


@record
class FunctionNotSimple(EvaluationProblem):
    """A helper function does more than return one expression.

    # What it means
    A call of a project's own function is computed if the function declares constants at most and then returns an
    expression.

    # Example
    `const scoped = (roles) => { if (!roles) roles = []; return { roles }; };`

    # Fix
    `const scoped = (roles = []) => ({ roles });`

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2013"
    slug: ClassVar[str] = "function-not-simple"

    name: str
    reason: str

    def message(self) -> str:
        return f"`{self.name}` cannot be computed: {self.reason}"

    def label(self) -> str:
        return "only `const` and one `return` are computed"

    def hint(self) -> str | None:
        return "write it as `(…) => expression`"


@record
class NotCallable(EvaluationProblem):
    """Something is called that is no function.

    # What it means
    The value before the parentheses is known, and it is no function.

    # Example
    `const ROLES = ["owner"]; … roles: ROLES()`

    # Fix
    Leave the parentheses out.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2014"
    slug: ClassVar[str] = "not-callable"

    name: str

    def message(self) -> str:
        return f"`{self.name}` is not a function"

    def label(self) -> str:
        return "called here"

    def hint(self) -> str | None:
        return f"write `{self.name}` without parentheses"


@record
class CapturedName(EvaluationProblem):
    """A function that is kept as source uses a name of the helper around it.

    # What it means
    The function is copied into the generated project; the parameter of the helper that made it does not exist there.

    # Example
    `const mask = (keep) => ({ type: "custom", mask: (v) => v.slice(keep) });`

    # Fix
    Write the function where its values are constants of the file, not parameters.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2022"
    slug: ClassVar[str] = "captured-name"

    name: str

    def message(self) -> str:
        return f"this function uses `{self.name}`, which exists only inside the helper"

    def label(self) -> str:
        return f"`{self.name}` is not known where this will stand"

    def hint(self) -> str | None:
        return f"use a constant of the file instead of `{self.name}`"


@record
class BlockForObject(EvaluationProblem):
    """An arrow function has a block where an object is meant.

    # What it means
    Braces directly behind `=>` begin a block of statements, so the function returns nothing. An object to return
    stands in parentheses.

    # Example
    `const only = (role) => { roles: [role] };`

    # Fix
    `const only = (role) => ({ roles: [role] });`. `quickback check --fix` does it.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2027"
    slug: ClassVar[str] = "block-for-object"

    def message(self) -> str:
        return "this function returns nothing: braces behind `=>` begin a block"

    def label(self) -> str:
        return "an object here needs parentheses"

    def hint(self) -> str | None:
        return "write `=> ({ … })`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, f"({self.span.text})"),)
