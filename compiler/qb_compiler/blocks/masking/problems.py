"""What can be wrong with masking."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/masking"


@record
class UnknownMaskOption(UnknownKey):
    """A mask has a key that does not exist.

    # What it means
    A mask has `type`, `show` and, for custom masks, `mask`. `show` has `roles` and `or`.

    # Example
    masking: { email: { type: "email", shows: { roles: ["admin"] } } }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/masking#rule-keys
    """

    code: ClassVar[str] = "QB3401"
    slug: ClassVar[str] = "masking-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"


@record
class WrongMaskValue(WrongValue):
    """A part of a mask has the wrong type, or names a mask type that does not exist.

    # What it means
    The types are email, phone, ssn, creditCard, name, redact and custom.

    # Example
    masking: { email: { type: "mail" } }

    # Fix
    Write one of the types that the message lists.

    # See
    compiler/definitions/masking#mask-types
    """

    code: ClassVar[str] = "QB3402"
    slug: ClassVar[str] = "masking-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#mask-types"


@record
class MissingMaskPart(MissingKey):
    """A mask lacks its type, or a custom mask its function.

    # What it means
    Without a type the compiler does not know what to show instead of the value.

    # Example
    masking: { email: { show: { roles: ["admin"] } } }

    # Fix
    Add `type: "email"` or another type; a custom mask needs `mask: (value) => …`.

    # See
    compiler/definitions/masking#rule-keys
    """

    code: ClassVar[str] = "QB3403"
    slug: ClassVar[str] = "masking-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"


SHAPE = Shape(WrongMaskValue, UnknownMaskOption, MissingMaskPart)


@record
class UnknownMaskedColumn(UnknownColumn):
    """`masking` names a column that does not exist.

    # What it means
    The column that was meant stays unmasked.

    # Example
    masking: { emial: { type: "email" } }

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/masking#rule-keys
    """

    code: ClassVar[str] = "QB4401"
    slug: ClassVar[str] = "masking-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"


@record
class AutomaticMask(Problem):
    """A column with a sensitive name has no mask, so it was given one.

    # What it means
    The name says that the column holds something private. It is masked for everyone but the roles owner and admin
    and the record's owner.

    # Example
    export const people = sqliteTable("people", { workEmail: text("work_email") });

    # Fix
    Say it yourself: `masking: { workEmail: { type: "email", show: { roles: ["owner", "admin"] } } }`, or turn it
    off with `masking: { workEmail: false }`.

    # See
    compiler/definitions/masking#automatic-masking
    """

    code: ClassVar[str] = "QB4402"
    slug: ClassVar[str] = "masking-automatic"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#automatic-masking"

    table: str
    column: str
    kind: str

    def message(self) -> str:
        return f"`{self.table}.{self.column}` sounds private, so it is masked as `{self.kind}`"

    def hint(self) -> str | None:
        return f"write a rule for it in `masking`, or `{self.column}: false` to show it"


@record
class MaskMisfit(Problem):
    """A mask that keeps the shape of a text is given to a column that holds no text.

    # What it means
    Other values are masked on their text. What has not the shape that the mask is for becomes `[REDACTED]`, so the
    type says less than it seems to.

    # Example
    isOpen: integer("is_open", { mode: "boolean" })
    masking: { isOpen: { type: "phone" } }

    # Fix
    Use `type: "redact"` for columns that are not text.

    # See
    compiler/definitions/masking#mask-types
    """

    code: ClassVar[str] = "QB4403"
    slug: ClassVar[str] = "masking-type-misfit"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#mask-types"

    column: str
    kind: str
    held: str

    def message(self) -> str:
        return f"`{self.column}` holds {self.held}, for which the mask `{self.kind}` is not made"

    def hint(self) -> str | None:
        return 'write `type: "redact"`'

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, '"redact"'),) if self.span else ()


@record
class OwnerClauseWithoutOwner(Problem):
    """A mask shows the value to the record's owner, but the table has no owner.

    # What it means
    `or: "owner"` compares the caller with the firewall's owner column, else `ownerId`, else `createdBy`. None of
    them exists.

    # Example
    masking: { email: { type: "email", show: { or: "owner" } } }

    # Fix
    Add an owner column, or remove `or: "owner"`.

    # See
    compiler/definitions/masking#rule-keys
    """

    code: ClassVar[str] = "QB4404"
    slug: ClassVar[str] = "masking-owner-unknown"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"

    column: str

    def message(self) -> str:
        return f'`or: "owner"` on `{self.column}` needs an owner column, and the table has none'

    def hint(self) -> str | None:
        return 'add `owner: {}` to the firewall, or remove `or: "owner"`'


@record
class MaskedKey(Problem):
    """A mask is given to the primary key or to a scope column.

    # What it means
    A client needs the id to address the row; with a masked one no record could be fetched or changed.

    # Example
    masking: { id: { type: "redact" } }

    # Fix
    Remove the mask, or leave the column out of `fields` and views.

    # See
    compiler/definitions/masking#rule-keys
    """

    code: ClassVar[str] = "QB4405"
    slug: ClassVar[str] = "masking-key-masked"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"

    column: str

    def message(self) -> str:
        return f"`{self.column}` is the primary key and cannot be masked"

    def hint(self) -> str | None:
        return "remove this rule; to keep the column out of answers, leave it out of `fields`"


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownMaskOption,
    WrongMaskValue,
    MissingMaskPart,
    UnknownMaskedColumn,
    AutomaticMask,
    MaskMisfit,
    OwnerClauseWithoutOwner,
    MaskedKey,
)
