"""Which values a field accepts, beyond what its column says."""

from qb_compiler.model.carried import Carried
from qb_compiler.model.literal import Json, Scalar
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class FieldRules:
    """Rules of one column. `schema` is a zod expression that the author wrote instead of rules."""

    column: str
    span: Span
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: tuple[Scalar, ...] = ()
    email: bool = False
    url: bool = False
    schema: Carried | None = None
    written: Json = None
