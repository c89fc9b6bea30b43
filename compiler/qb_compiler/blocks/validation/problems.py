"""What can be wrong with validation rules."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/validation"


@record
class UnknownValidationRule(UnknownKey):
    """`validation` has a rule that does not exist.

    # What it means
    The rules are minLength, maxLength, min, max, pattern, enum, email and url. A misspelled one would check nothing.

    # Example
    validation: { title: { minlength: 3 } }

    # Fix
    Write the rule as the suggestion says, or give a zod schema instead.

    # See
    compiler/definitions/validation#rules
    """

    code: ClassVar[str] = "QB3901"
    slug: ClassVar[str] = "validation-unknown-rule"
    docs: ClassVar[str] = f"{TOPIC}#rules"


@record
class WrongValidationValue(WrongValue):
    """A validation rule has the wrong type.

    # What it means
    The rule cannot be read.

    # Example
    validation: { title: { minLength: "3" } }

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/validation#rules
    """

    code: ClassVar[str] = "QB3902"
    slug: ClassVar[str] = "validation-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#rules"


@record
class MissingValidationPart(MissingKey):
    """A validation entry holds no rule.

    # What it means
    An empty entry checks nothing.

    # Example
    validation: { title: {} }

    # Fix
    Add a rule, or remove the entry.

    # See
    compiler/definitions/validation#rules
    """

    code: ClassVar[str] = "QB3903"
    slug: ClassVar[str] = "validation-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#rules"


SHAPE = Shape(WrongValidationValue, UnknownValidationRule, MissingValidationPart)


@record
class UnknownValidatedColumn(UnknownColumn):
    """`validation` names a column that does not exist.

    # What it means
    The column that was meant is not checked.

    # Example
    validation: { titel: { minLength: 3 } }

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/validation#rules
    """

    code: ClassVar[str] = "QB4901"
    slug: ClassVar[str] = "validation-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#rules"


@record
class RuleMisfit(Problem):
    """A validation rule does not fit the type of its column, or contradicts another rule.

    # What it means
    Lengths, patterns, email and url are for text; min and max for numbers. No value could satisfy the rule.

    # Example
    salary: integer("salary")
    validation: { salary: { minLength: 3 } }

    # Fix
    Use the rule for the column's type: `min` and `max` for numbers.

    # See
    compiler/definitions/validation#rules
    """

    code: ClassVar[str] = "QB4902"
    slug: ClassVar[str] = "validation-rule-misfit"
    docs: ClassVar[str] = f"{TOPIC}#rules"

    column: str
    rule: str
    why: str
    mend: str

    def message(self) -> str:
        return f"`{self.rule}` does not fit `{self.column}`: {self.why}"

    def hint(self) -> str | None:
        return self.mend


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownValidationRule,
    WrongValidationValue,
    MissingValidationPart,
    UnknownValidatedColumn,
    RuleMisfit,
)
