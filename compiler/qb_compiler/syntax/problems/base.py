"""What all faults of syntax share."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record

TROUBLE = "compiler/troubleshooting"


@record
class SyntaxProblem(Problem):
    """The base: all of these stop the file from being evaluated."""

    docs: ClassVar[str] = TROUBLE
