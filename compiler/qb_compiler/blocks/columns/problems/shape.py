"""What a table is written with."""

from typing import ClassVar

from qb_compiler.evaluate.shape import Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/schema"


@record
class UnknownTableOption(UnknownKey):
    """`defineTable`, or a Drizzle option, has a key that the compiler does not know.

    # What it means
    Unknown keys are refused instead of ignored: a misspelled `firewal` would otherwise leave a table
    open.

    # Example
    export default defineTable(jobs, { firewal: { organization: {} } });

    # Fix
    Write the key as the suggestion says, or remove it.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3001"
    slug: ClassVar[str] = "table-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"


@record
class WrongTableValue(WrongValue):
    """A part of a table definition has the wrong type.

    # What it means
    The compiler reads this place as data and found another kind of value than it can use.

    # Example
    export const jobs = sqliteTable("jobs", { id: text("id").primaryKey(), title: "text" });

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/columns#types
    """

    code: ClassVar[str] = "QB3002"
    slug: ClassVar[str] = "table-wrong-value"
    docs: ClassVar[str] = "compiler/definitions/columns#types"


SHAPE = Shape(WrongTableValue, UnknownTableOption)
