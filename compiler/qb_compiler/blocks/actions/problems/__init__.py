"""What can be wrong with actions by themselves."""

from qb_compiler.blocks.actions.problems.definition import (
    ActionsTableUnknown,
    BadActionName,
    ExecuteAndHandler,
    GuardRenamed,
    HandlerMissing,
    PathNeedsStandalone,
    TablelessNeedsStandalone,
    TransitionInput,
)
from qb_compiler.blocks.actions.problems.reach import RawDatabase, RawSql, TableOutOfReach, UnsafeImport
from qb_compiler.blocks.actions.problems.shape import (
    SHAPE,
    TOPIC,
    MissingActionPart,
    UnknownActionOption,
    WrongActionValue,
)
from qb_compiler.diagnostics.problem import Problem

PROBLEMS: tuple[type[Problem], ...] = (
    UnknownActionOption,
    WrongActionValue,
    MissingActionPart,
    ActionsTableUnknown,
    ExecuteAndHandler,
    HandlerMissing,
    BadActionName,
    TablelessNeedsStandalone,
    PathNeedsStandalone,
    GuardRenamed,
    TransitionInput,
    RawSql,
    UnsafeImport,
    RawDatabase,
    TableOutOfReach,
)

__all__ = [
    "PROBLEMS",
    "SHAPE",
    "TOPIC",
    "ActionsTableUnknown",
    "BadActionName",
    "ExecuteAndHandler",
    "GuardRenamed",
    "HandlerMissing",
    "MissingActionPart",
    "PathNeedsStandalone",
    "RawDatabase",
    "RawSql",
    "TableOutOfReach",
    "TablelessNeedsStandalone",
    "TransitionInput",
    "UnknownActionOption",
    "UnsafeImport",
    "WrongActionValue",
]
