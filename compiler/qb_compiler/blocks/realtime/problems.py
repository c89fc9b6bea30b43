"""What can be wrong with `realtime` and `embeddings`, and what is said about parts whose output comes later."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "not-built-yet"


@record
class UnknownRealtimeOption(UnknownKey):
    """`realtime` or `embeddings` has a key that does not exist.

    # What it means
    A misspelled option would change nothing, silently.

    # Example
    realtime: { enabled: true, oninsert: false }

    # Fix
    Write the key as the suggestion says.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3921"
    slug: ClassVar[str] = "realtime-unknown-option"
    docs: ClassVar[str] = TOPIC


@record
class WrongRealtimeValue(WrongValue):
    """An option of `realtime` or `embeddings` has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    realtime: { enabled: "yes" }

    # Fix
    Write a value of the kind that the message names.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3922"
    slug: ClassVar[str] = "realtime-wrong-value"
    docs: ClassVar[str] = TOPIC


@record
class MissingRealtimePart(MissingKey):
    """`embeddings` lacks the fields to embed.

    # What it means
    Without fields there is no text.

    # Example
    embeddings: {}

    # Fix
    Add `fields: ["title"]`.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3923"
    slug: ClassVar[str] = "realtime-missing-part"
    docs: ClassVar[str] = TOPIC


SHAPE = Shape(WrongRealtimeValue, UnknownRealtimeOption, MissingRealtimePart)


@record
class UnknownRealtimeColumn(UnknownColumn):
    """`realtime.fields` or `embeddings.fields` names a column that does not exist.

    # What it means
    It could not be sent.

    # Example
    realtime: { enabled: true, fields: ["id", "stagee"] }

    # Fix
    Write the column as the table declares it.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB4921"
    slug: ClassVar[str] = "realtime-unknown-column"
    docs: ClassVar[str] = TOPIC


@record
class NotGeneratedYet(Problem):
    """A part is read and checked, but this version generates nothing for it.

    # What it means
    The definition is valid and will be used by a later version. Until then it has no effect.

    # Example
    realtime: { enabled: true }

    # Fix
    Nothing is wrong. Remove the part if the warning disturbs.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3990"
    slug: ClassVar[str] = "not-generated-yet"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "not-built-yet"

    part: str

    def message(self) -> str:
        return f"`{self.part}` is read and checked, but nothing is generated for it yet"

    def hint(self) -> str | None:
        return "nothing is wrong: keep it for a later version, or remove it"


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownRealtimeOption,
    WrongRealtimeValue,
    MissingRealtimePart,
    UnknownRealtimeColumn,
    NotGeneratedYet,
)
