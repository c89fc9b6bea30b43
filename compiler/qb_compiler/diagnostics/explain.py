"""What a code means: the docstring of its problem class, taken apart."""

import inspect
import re

from qb_compiler.codes import CODES, SLUGS
from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record

HEADINGS = ("What it means", "Example", "Fix", "See")
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@record
class Explanation:
    """`sections` are (heading, text), in the order of `HEADINGS`; `docs` is `topic#heading`."""

    code: str
    slug: str
    level: Level
    title: str
    sections: tuple[tuple[str, str], ...]
    docs: str

    @property
    def text(self) -> str:
        """The whole explanation, for a person."""
        parts = [f"{self.code} ({self.slug}, {self.level})", self.title]
        return "\n\n".join([*parts, *(f"{heading}\n{text}" for heading, text in self.sections)])


def explain(name: str) -> Explanation | None:
    """The explanation of a code (`QB4401`) or of its slug (`masking-unknown-column`)."""
    problem = CODES.get(name) or SLUGS.get(name)
    return _explanation(problem) if problem else None


def _explanation(problem: type[Problem]) -> Explanation:
    title, *rest = HEADING.split(inspect.cleandoc(problem.__doc__ or ""))
    sections = tuple(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    return Explanation(problem.code, problem.slug, problem.level, " ".join(title.split()), sections, problem.docs)
