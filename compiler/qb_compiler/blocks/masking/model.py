"""How values are shown to those who may see the row but not the value."""

from enum import StrEnum

from qb_compiler.blocks.access.model import RoleMention
from qb_compiler.model.carried import Carried
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.span import Span


class MaskKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    SSN = "ssn"
    CREDIT_CARD = "creditCard"
    NAME = "name"
    REDACT = "redact"
    CUSTOM = "custom"


@record
class Mask:
    """Plain for callers with one of `show_roles`, and for the row's owner when `show_owner`.

    `automatic` masks come from a sensitive column name, not from the author.
    """

    column: str
    kind: MaskKind
    span: Span
    show_roles: tuple[str, ...] = ()
    show_owner: bool = False
    custom: Carried | None = None
    automatic: bool = False
    written: Json = None
    mentions: tuple[RoleMention, ...] = ()


@record
class Masking:
    """`owner_column` is what `or: "owner"` compares: the firewall's owner column, else ownerId, else createdBy."""

    masks: tuple[Mask, ...] = ()
    owner_column: str | None = None

    def mask(self, column: str) -> Mask | None:
        return next((mask for mask in self.masks if mask.column == column), None)
