"""What is no TypeScript, in words: a missing comma, a bracket that is never closed, a string that never ends."""

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.syntax.problems.base import TROUBLE, SyntaxProblem
from qb_compiler.syntax.problems.brackets import StrayBracket, UnclosedBracket, Unterminated
from qb_compiler.syntax.problems.marks import EqualsForColon, MissingColon, MissingComma, SemicolonForComma, SpareComma
from qb_compiler.syntax.problems.text import MissingToken, ParsingTooSlow, UnexpectedText

PROBLEMS: tuple[type[Problem], ...] = (
    MissingComma, UnclosedBracket, StrayBracket, Unterminated, MissingColon, EqualsForColon, SpareComma, MissingToken,
    UnexpectedText, ParsingTooSlow, SemicolonForComma,
)  # fmt: skip

__all__ = [
    "PROBLEMS",
    "TROUBLE",
    "EqualsForColon",
    "MissingColon",
    "MissingComma",
    "MissingToken",
    "ParsingTooSlow",
    "SemicolonForComma",
    "SpareComma",
    "StrayBracket",
    "SyntaxProblem",
    "UnclosedBracket",
    "UnexpectedText",
    "Unterminated",
]
