"""Which table a column points at, for checks inside the firewall, labels, cascades and the registry."""

from enum import StrEnum

from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record
from qb_compiler.span import Span


class ReferenceOrigin(StrEnum):
    MAP = "references"
    DRIZZLE = "drizzle"
    CONVENTION = "convention"


@record
class Reference:
    """`column` of this table holds a value of `target_column` in the table with key `target`.

    `convention` references (strip `Id`, same feature) feed labels and the registry only.
    """

    column: str
    target: str
    target_column: str
    origin: ReferenceOrigin
    span: Span
    labelled: bool = False

    @property
    def label(self) -> str:
        """The response key that holds the target's display value."""
        return f"{self.column.removesuffix('Id')}_label"


@record
class DrizzleRelations:
    """An exported `relations(table, …)` declaration, carried over."""

    export: str
    table: str
    source: Carried
