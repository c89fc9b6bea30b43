"""Which fields a client may write."""

from dataclasses import dataclass

from qb_compiler.span import Span


@dataclass(frozen=True, slots=True)
class ProtectedField:
    """Changed only by the named actions. `places` are where the actions are named, one for each."""

    column: str
    actions: tuple[str, ...]
    span: Span
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Guards:
    """`open` is `guards: false`: every column but the system-managed ones is writable."""

    span: Span
    createable: tuple[str, ...] = ()
    updatable: tuple[str, ...] = ()
    immutable: tuple[str, ...] = ()
    protected: tuple[ProtectedField, ...] = ()
    open: bool = False
