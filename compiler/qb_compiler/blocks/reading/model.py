"""How rows are read: list, get, views."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class ListOperation:
    """`fields` is None for all columns."""

    access: Rule
    span: Span
    page_size: int = 50
    max_page_size: int = 100
    fields: tuple[str, ...] | None = None


@record
class GetOperation:
    access: Rule
    span: Span
    fields: tuple[str, ...] | None = None


@record
class View:
    """Served at `/{route}/views/{name}`."""

    name: str
    fields: tuple[str, ...]
    access: Rule
    span: Span


@record
class Reading:
    """An operation that is None has no route. `default_sort` is (column, descending)."""

    list: ListOperation | None = None
    get: GetOperation | None = None
    views: tuple[View, ...] = ()
    default_sort: tuple[str, bool] | None = None
