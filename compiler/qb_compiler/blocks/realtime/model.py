"""Which changes of a table are broadcast."""

from qb_compiler.blocks.access.model import RoleMention
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class Realtime:
    span: Span
    on_insert: bool = True
    on_update: bool = True
    on_delete: bool = True
    required_roles: tuple[str, ...] = ()
    fields: tuple[str, ...] | None = None
    mentions: tuple[RoleMention, ...] = ()
