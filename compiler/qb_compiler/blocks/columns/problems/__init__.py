"""What can be wrong with tables and columns."""

from qb_compiler.blocks.columns.problems.builders import (
    ReferencedColumnMissing,
    UnknownBuilder,
    UnknownModifier,
    UnreadableReference,
)
from qb_compiler.blocks.columns.problems.columns import (
    AuditColumnMisfit,
    DuplicateColumn,
    InternalTableUnscoped,
    PrimaryKeyMissing,
    TenantSpanningUnique,
)
from qb_compiler.blocks.columns.problems.files import (
    DefaultNotDefinition,
    NotExported,
    ResourceRenamed,
    SecuredTwice,
    SeveralTables,
    UnknownDefinition,
)
from qb_compiler.blocks.columns.problems.shape import SHAPE, TOPIC, UnknownTableOption, WrongTableValue
from qb_compiler.diagnostics.problem import Problem

PROBLEMS: tuple[type[Problem], ...] = (
    UnknownTableOption,
    WrongTableValue,
    UnknownBuilder,
    UnknownModifier,
    UnreadableReference,
    SeveralTables,
    NotExported,
    ResourceRenamed,
    UnknownDefinition,
    DefaultNotDefinition,
    ReferencedColumnMissing,
    PrimaryKeyMissing,
    AuditColumnMisfit,
    TenantSpanningUnique,
    DuplicateColumn,
    InternalTableUnscoped,
    SecuredTwice,
)

__all__ = [
    "PROBLEMS",
    "SHAPE",
    "TOPIC",
    "AuditColumnMisfit",
    "DefaultNotDefinition",
    "DuplicateColumn",
    "InternalTableUnscoped",
    "NotExported",
    "PrimaryKeyMissing",
    "ReferencedColumnMissing",
    "ResourceRenamed",
    "SecuredTwice",
    "SeveralTables",
    "TenantSpanningUnique",
    "UnknownBuilder",
    "UnknownDefinition",
    "UnknownModifier",
    "UnknownTableOption",
    "UnreadableReference",
    "WrongTableValue",
]
