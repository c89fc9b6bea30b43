"""How rows are read: list, get, views."""

from dataclasses import dataclass

from qb_compiler.blocks.access.model import Rule
from qb_compiler.span import Span


@dataclass(frozen=True, slots=True)
class ListOperation:
    """`fields` is None for all columns."""

    access: Rule
    span: Span
    page_size: int = 50
    max_page_size: int = 100
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class GetOperation:
    access: Rule
    span: Span
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class View:
    """Served at `/{route}/views/{name}`."""

    name: str
    fields: tuple[str, ...]
    access: Rule
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """An operation that is None has no route. `default_sort` is (column, descending)."""

    list: ListOperation | None = None
    get: GetOperation | None = None
    views: tuple[View, ...] = ()
    default_sort: tuple[str, bool] | None = None
