"""What can be wrong with files that the compiler shares with the author. Nothing is written then."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class BrokenPackageFile(Problem):
    """The project's `package.json` is not a JSON object.

    # What it means
    Scripts and exact versions are merged into the file that is there, and everything else in it is kept. That needs a
    file that can be read.

    # Example
    A comma after the last entry, or markers of a merge conflict.

    # Fix
    Correct the file, or delete it: then the compiler writes a new one.

    # See
    compiler/config/output
    """

    code: ClassVar[str] = "QB6106"
    slug: ClassVar[str] = "package-file-broken"
    docs: ClassVar[str] = "compiler/config/output"

    reason: str

    def message(self) -> str:
        return f"`package.json` cannot be read: {self.reason}"

    def hint(self) -> str | None:
        return "correct package.json, or delete it to get a new one"


PROBLEMS = (BrokenPackageFile,)
