"""What an admin interface shows: nothing here changes who may do what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayoutSection:
    label: str
    fields: tuple[str, ...]
    columns: int = 1
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    sections: tuple[LayoutSection, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """`column` names a row (the FK label); `input_hints` are (column, hint)."""

    column: str | None = None
    input_hints: tuple[tuple[str, str], ...] = ()
    layouts: tuple[Layout, ...] = ()
