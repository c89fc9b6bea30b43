"""The one problem that is ours: an exception inside the compiler."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class InternalError(Problem):
    """The compiler itself failed.

    # What it means
    This is a fault of the compiler, not of your definitions. Nothing was written.

    # Example
    Any definition that the compiler's authors did not think of.

    # Fix
    Report it with the message and, if you can, the definition. `QUICKBACK_TRACEBACK=1` shows where it happened.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB9001"
    slug: ClassVar[str] = "internal-error"
    docs: ClassVar[str] = "compiler/troubleshooting"

    stage: str
    error: str
    detail: str

    def message(self) -> str:
        return f"the compiler failed while it was at `{self.stage}`: {self.error}: {self.detail}"

    def hint(self) -> str | None:
        return "please report it with this message; `QUICKBACK_TRACEBACK=1` shows where it happened"


PROBLEMS: tuple[type[Problem], ...] = (InternalError,)
