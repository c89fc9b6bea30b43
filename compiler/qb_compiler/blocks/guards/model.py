"""Which fields a client may write."""

from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class ProtectedField:
    """Changed only by the named actions. `places` are where the actions are named, one for each."""

    column: str
    actions: tuple[str, ...]
    span: Span
    places: tuple[Span, ...] = ()


@record
class Guards:
    """`open` is `guards: false`: every column but the system-managed ones is writable."""

    span: Span
    createable: tuple[str, ...] = ()
    updatable: tuple[str, ...] = ()
    immutable: tuple[str, ...] = ()
    protected: tuple[ProtectedField, ...] = ()
    open: bool = False
