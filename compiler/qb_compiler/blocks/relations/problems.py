"""What can be wrong with references between tables."""

from typing import ClassVar

from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, NamesUnknown, Shape, UnknownColumn, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/references"


@record
class WrongReferenceValue(WrongValue):
    """A value of `references` has the wrong type.

    # What it means
    `references` maps a column to the name of a table.

    # Example
    references: { vendorId: ["contacts"] }

    # Fix
    Write the table's name as a string: `vendorId: "contacts"`.

    # See
    compiler/definitions/references#ways-to-declare-one
    """

    code: ClassVar[str] = "QB3802"
    slug: ClassVar[str] = "references-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#ways-to-declare-one"


@record
class MissingReferencePart(MissingKey):
    """A `relations` declaration does not say which table it belongs to.

    # What it means
    The first argument of `relations` is a table that the project declares.

    # Example
    export const jobsRelations = relations(undefined, () => ({}));

    # Fix
    Pass the table: `relations(jobs, …)`.

    # See
    compiler/definitions/references#ways-to-declare-one
    """

    code: ClassVar[str] = "QB3803"
    slug: ClassVar[str] = "relations-table-missing"
    docs: ClassVar[str] = f"{TOPIC}#ways-to-declare-one"


SHAPE = Shape(WrongReferenceValue, missing=MissingReferencePart)


@record
class UnknownReferencingColumn(UnknownColumn):
    """`references` names a column that does not exist.

    # What it means
    The reference could not be checked.

    # Example
    references: { vendoId: "contacts" }

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/references#ways-to-declare-one
    """

    code: ClassVar[str] = "QB4801"
    slug: ClassVar[str] = "references-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#ways-to-declare-one"


@record
class DanglingReference(NamesUnknown):
    """A reference points at a table that the project does not have.

    # What it means
    Values of the column are checked inside the caller's firewall of the other table, so that table must be known.
    Tables go by the name of their exported variable.

    # Example
    references: { vendorId: "contact" }      // the table is `contacts`

    # Fix
    Write the name of the exported table variable.

    # See
    compiler/definitions/references#ways-to-declare-one
    """

    code: ClassVar[str] = "QB4802"
    slug: ClassVar[str] = "dangling-reference"
    docs: ClassVar[str] = f"{TOPIC}#ways-to-declare-one"

    def message(self) -> str:
        return f"there is no table `{self.name}`"


PROBLEMS: tuple[type[Problem], ...] = (
    WrongReferenceValue,
    MissingReferencePart,
    UnknownReferencingColumn,
    DanglingReference,
)
