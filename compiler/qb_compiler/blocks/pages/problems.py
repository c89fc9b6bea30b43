"""What can be wrong with pages, realtime namespaces, queues and embeddings."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, NamesUnknown, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "not-built-yet"


@record
class UnknownPageOption(UnknownKey):
    """`definePage`, `defineRealtime`, `defineQueue` or `defineEmbedding` has a key that does not exist.

    # What it means
    Nothing is generated for these parts yet, but they are read and checked, so that they are right when something is.

    # Example
    export default definePage({ slug: "inbox", titel: "Inbox" });

    # Fix
    Write the key as the suggestion says.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3931"
    slug: ClassVar[str] = "page-unknown-option"
    docs: ClassVar[str] = TOPIC


@record
class WrongPageValue(WrongValue):
    """An option of `definePage`, `defineRealtime`, `defineQueue` or `defineEmbedding` has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    export default defineRealtime({ name: "screening", events: "started" });

    # Fix
    Write a value of the kind that the message names.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3932"
    slug: ClassVar[str] = "page-wrong-value"
    docs: ClassVar[str] = TOPIC


@record
class MissingPagePart(MissingKey):
    """`definePage`, `defineRealtime`, `defineQueue` or `defineEmbedding` lacks a required part.

    # What it means
    A page needs a slug and a title, a namespace its events, a queue its handler, an embedding its fields.

    # Example
    export default definePage({ title: "Inbox" });

    # Fix
    Add what the message names.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB3933"
    slug: ClassVar[str] = "page-missing-part"
    docs: ClassVar[str] = TOPIC


SHAPE = Shape(WrongPageValue, UnknownPageOption, MissingPagePart)


@record
class UnknownPageTable(NamesUnknown):
    """A page names a table that the project does not have.

    # What it means
    Tables go by the name of their exported variable.

    # Example
    dataSources: { left: { table: "job" } }      // the table is `jobs`

    # Fix
    Write the name of the exported table variable.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB4931"
    slug: ClassVar[str] = "page-unknown-table"
    docs: ClassVar[str] = TOPIC

    def message(self) -> str:
        return f"there is no table `{self.name}`"


@record
class UnknownPageColumn(UnknownColumn):
    """A page names a column that its table does not have.

    # What it means
    The page would have nothing to show there.

    # Example
    dataSources: { left: { table: "jobs", displayColumns: ["titel"] } }

    # Fix
    Write the column as the table declares it.

    # See
    not-built-yet
    """

    code: ClassVar[str] = "QB4932"
    slug: ClassVar[str] = "page-unknown-column"
    docs: ClassVar[str] = TOPIC


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownPageOption,
    WrongPageValue,
    MissingPagePart,
    UnknownPageTable,
    UnknownPageColumn,
)
