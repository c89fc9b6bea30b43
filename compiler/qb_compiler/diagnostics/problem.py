"""The base of every problem class, and the sink that a stage reports into.

A class lives beside the code that raises it (`problems`, a module or a folder of them), is a `@record` that holds data,
and has a docstring with the headings *What it means*, *Example*, *Fix*, *See*: that text is what `quickback explain`
prints.
"""

from collections.abc import Iterable
from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Diagnostic, Edit, Label, Level
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class Problem:
    """Subclasses set the class variables, add fields and say it in words. `span` is the offending place."""

    code: ClassVar[str]
    slug: ClassVar[str]
    level: ClassVar[Level] = Level.ERROR
    docs: ClassVar[str]

    span: Span | None

    def message(self) -> str:
        raise NotImplementedError

    def label(self) -> str:
        """The words beside the caret."""
        return ""

    def hint(self) -> str | None:
        """One thing the author can type."""
        return None

    def related(self) -> tuple[Label, ...]:
        return ()

    def edits(self) -> tuple[Edit, ...]:
        return ()

    def diagnostic(self) -> Diagnostic:
        primary = Label(self.span, self.label()) if self.span else None
        return Diagnostic(
            self.code,
            self.slug,
            self.level,
            self.message(),
            primary,
            self.related(),
            self.hint(),
            self.docs,
            self.edits(),
        )


class Problems:
    """Collects what the stages of one compile report. Order of reporting does not matter."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def report(self, problem: Problem) -> None:
        self._found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found.extend(problems)

    def include(self, found: "Problems") -> None:
        """Takes everything that another sink has collected."""
        self._found.extend(found._found)

    @property
    def has_errors(self) -> bool:
        return any(problem.level is Level.ERROR for problem in self._found)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, by file and place; the same finding reported twice appears once."""
        found = {(d.sort_key, d.level): d for d in (problem.diagnostic() for problem in self._found)}
        return tuple(found[key] for key in sorted(found))
