"""What can be wrong with `feature()` and with the columns of `q`."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, NamesUnknown, Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/feature"


@record
class UnknownFeatureOption(UnknownKey):
    """A column of `q` has an option that the compiler does not know.

    # What it means
    Unknown keys are refused instead of ignored.

    # Example
    q.text({ maxLenght: 80 })

    # Fix
    Write the option as the suggestion says, or remove it.

    # See
    compiler/definitions/feature#columns
    """

    code: ClassVar[str] = "QB3021"
    slug: ClassVar[str] = "feature-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#columns"


@record
class WrongFeatureValue(WrongValue):
    """A part of `feature()` has the wrong type.

    # What it means
    The compiler reads this place as data and found another kind of value than it can use.

    # Example
    feature("jobs", { columns: { title: "text" } })

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/feature
    """

    code: ClassVar[str] = "QB3022"
    slug: ClassVar[str] = "feature-wrong-value"
    docs: ClassVar[str] = TOPIC


@record
class FeaturePartMissing(MissingKey):
    """`feature()` lacks a required part.

    # What it means
    A feature declares its table, so it needs its columns.

    # Example
    feature("jobs", { read: { access: { roles: ["member"] } } })

    # Fix
    Add the part that the hint shows.

    # See
    compiler/definitions/feature
    """

    code: ClassVar[str] = "QB3023"
    slug: ClassVar[str] = "feature-missing-part"
    docs: ClassVar[str] = TOPIC


SHAPE = Shape(WrongFeatureValue, UnknownFeatureOption, FeaturePartMissing)


@record
class UnknownStep(NamesUnknown):
    """A column of `q` is built by a function, or changed by a step, that does not exist.

    # What it means
    What a step would do to the column is not known, so it is not ignored.

    # Example
    title: q.text().requird()

    # Fix
    Write the name as the suggestion says.

    # See
    compiler/definitions/feature#columns
    """

    code: ClassVar[str] = "QB3024"
    slug: ClassVar[str] = "feature-unknown-step"
    docs: ClassVar[str] = f"{TOPIC}#columns"

    def message(self) -> str:
        return f"`q` knows no `{self.name}`"

    def label(self) -> str:
        return "unknown"


PROBLEMS: tuple[type[Problem], ...] = (UnknownFeatureOption, WrongFeatureValue, FeaturePartMissing, UnknownStep)
