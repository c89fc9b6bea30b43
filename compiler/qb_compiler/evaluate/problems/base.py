"""The base of every problem of evaluation: it knows the place that needs the value."""

from dataclasses import field, replace
from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.model.record import record
from qb_compiler.span import Span

SUBSET = "compiler/definitions/typescript"


@record
class EvaluationProblem(Problem):
    """The base. `used_at` is where the value is needed, when that is not where the fault stands."""

    docs: ClassVar[str] = SUBSET

    span: Span
    used_at: Span | None = field(default=None, kw_only=True)

    def related(self) -> tuple[Label, ...]:
        return (Label(self.used_at, "needed here"),) if self.used_at else ()


def used(problem: Problem, at: Span) -> Problem:
    """The problem with the place that needs the value, unless it has one or that encloses the fault itself."""
    if not isinstance(problem, EvaluationProblem) or problem.used_at:
        return problem
    span = problem.span
    encloses = span.file is at.file and at.start <= span.start and span.end <= at.end
    return problem if encloses else replace(problem, used_at=at)


def renamed(span: Span, name: str, known: tuple[str, ...]) -> tuple[Edit, ...]:
    """The edit that puts the nearest known name in place of `name`, where that is what stands at the span."""
    near = nearest(name, known)
    if not near or name not in span.text:
        return ()
    return (Edit(span, span.text.replace(name, near[0])),)
