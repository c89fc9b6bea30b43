"""What can be wrong with what an admin interface is told."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/display"


@record
class UnknownDisplayOption(UnknownKey):
    """A layout or a section has a key that does not exist.

    # What it means
    A section has label, fields, columns and collapsed.

    # Example
    layouts: { default: { sections: [{ title: "Contact", fields: ["name"] }] } }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/display#sections
    """

    code: ClassVar[str] = "QB3911"
    slug: ClassVar[str] = "display-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#sections"


@record
class WrongDisplayValue(WrongValue):
    """`displayColumn`, an input hint or a layout has the wrong type.

    # What it means
    The value cannot be read, or is not one of the hints.

    # Example
    inputHints: { status: "dropdown" }

    # Fix
    Write one of the values that the message lists.

    # See
    compiler/definitions/display#hints
    """

    code: ClassVar[str] = "QB3912"
    slug: ClassVar[str] = "display-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#hints"


@record
class MissingDisplayPart(MissingKey):
    """A layout lacks its sections, or a section its label or fields.

    # What it means
    A section without fields would be empty.

    # Example
    layouts: { default: { sections: [{ label: "Contact" }] } }

    # Fix
    Add what the message names.

    # See
    compiler/definitions/display#sections
    """

    code: ClassVar[str] = "QB3913"
    slug: ClassVar[str] = "display-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#sections"


SHAPE = Shape(WrongDisplayValue, UnknownDisplayOption, MissingDisplayPart)


@record
class UnknownDisplayColumn(UnknownColumn):
    """`displayColumn`, `inputHints` or `layouts` names a column that does not exist.

    # What it means
    The interface would have nothing to show.

    # Example
    displayColumn: "nmae"

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/display#options
    """

    code: ClassVar[str] = "QB4911"
    slug: ClassVar[str] = "display-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#options"


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownDisplayOption,
    WrongDisplayValue,
    MissingDisplayPart,
    UnknownDisplayColumn,
)
