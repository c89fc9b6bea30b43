"""What can be wrong with `quickback.config.ts`."""

from qb_compiler.config.problems.providers import DialectMismatch, OptionNotGenerated, TargetNotBuilt, UnknownProvider
from qb_compiler.config.problems.secrets import (
    AddressNotTrusted,
    AddressUnproven,
    BadSigning,
    MailMissing,
    SigningKeyInConfig,
    VariablesMissing,
)
from qb_compiler.config.problems.shape import (
    SHAPE,
    TOPIC,
    MissingOption,
    NoConfig,
    RuntimeValue,
    UnknownOption,
    WrongOption,
)
from qb_compiler.config.problems.values import BadName, BadOrigin, BadReportPath, BadRole, BadVariable, RenameConflict
from qb_compiler.diagnostics.problem import Problem

PROBLEMS: tuple[type[Problem], ...] = (
    UnknownOption,
    WrongOption,
    MissingOption,
    NoConfig,
    RuntimeValue,
    SigningKeyInConfig,
    TargetNotBuilt,
    UnknownProvider,
    DialectMismatch,
    OptionNotGenerated,
    BadName,
    BadReportPath,
    RenameConflict,
    BadRole,
    BadOrigin,
    BadVariable,
    BadSigning,
    VariablesMissing,
    MailMissing,
    AddressNotTrusted,
    AddressUnproven,
)

__all__ = [
    "PROBLEMS",
    "SHAPE",
    "TOPIC",
    "AddressNotTrusted",
    "AddressUnproven",
    "BadName",
    "BadOrigin",
    "BadReportPath",
    "BadRole",
    "BadSigning",
    "BadVariable",
    "DialectMismatch",
    "MailMissing",
    "MissingOption",
    "NoConfig",
    "OptionNotGenerated",
    "RenameConflict",
    "RuntimeValue",
    "SigningKeyInConfig",
    "TargetNotBuilt",
    "UnknownOption",
    "UnknownProvider",
    "VariablesMissing",
    "WrongOption",
]
