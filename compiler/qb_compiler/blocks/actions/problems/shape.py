"""What an action is written with."""

from typing import ClassVar

from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/actions"


@record
class UnknownActionOption(UnknownKey):
    """An action has a key that does not exist.

    # What it means
    A misspelled option would change nothing, silently.

    # Example
    advance: { acess: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3701"
    slug: ClassVar[str] = "action-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongActionValue(WrongValue):
    """An option of an action has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    advance: { method: "FETCH", access: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3702"
    slug: ClassVar[str] = "action-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingActionPart(MissingKey):
    """An action lacks its access rule, its code, or the reason of its `unsafe`.

    # What it means
    Nothing is open by accident, and an action without code does nothing.

    # Example
    advance: { execute: async () => ({}) }

    # Fix
    Add what the message names.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3703"
    slug: ClassVar[str] = "action-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#options"


SHAPE = Shape(WrongActionValue, UnknownActionOption, MissingActionPart)
