"""What cannot be known without running the program, and imports that lead nowhere. Each says what to write instead."""

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.problems.base import used
from qb_compiler.evaluate.problems.limits import TooDeep, TooMuch
from qb_compiler.evaluate.problems.names import (
    ImportedFileMissing,
    ImportLeavesProject,
    ImportNotRead,
    MemberMissing,
    NameNotExported,
    UnknownName,
)
from qb_compiler.evaluate.problems.runtime import (
    BlockForObject,
    CapturedName,
    EvaluatedInCircles,
    FunctionNotSimple,
    NotCallable,
    NotConstant,
    NotStatic,
    Reassigned,
)
from qb_compiler.evaluate.problems.shapes import (
    BadEscape,
    DuplicateKey,
    EmptySlot,
    NotFinite,
    PatternMismatch,
    WrongArgument,
    WrongKey,
    WrongSpread,
)

PROBLEMS: tuple[type[Problem], ...] = (
    UnknownName,
    ImportedFileMissing,
    NameNotExported,
    ImportLeavesProject,
    ImportNotRead,
    MemberMissing,
    EvaluatedInCircles,
    NotStatic,
    NotConstant,
    Reassigned,
    FunctionNotSimple,
    NotCallable,
    CapturedName,
    BlockForObject,
    WrongSpread,
    DuplicateKey,
    EmptySlot,
    WrongKey,
    PatternMismatch,
    WrongArgument,
    NotFinite,
    BadEscape,
    TooDeep,
    TooMuch,
)

__all__ = [
    "PROBLEMS",
    "BadEscape",
    "BlockForObject",
    "CapturedName",
    "DuplicateKey",
    "EmptySlot",
    "EvaluatedInCircles",
    "FunctionNotSimple",
    "ImportLeavesProject",
    "ImportNotRead",
    "ImportedFileMissing",
    "MemberMissing",
    "NameNotExported",
    "NotCallable",
    "NotConstant",
    "NotFinite",
    "NotStatic",
    "PatternMismatch",
    "Reassigned",
    "TooDeep",
    "TooMuch",
    "UnknownName",
    "WrongArgument",
    "WrongKey",
    "WrongSpread",
    "used",
]
