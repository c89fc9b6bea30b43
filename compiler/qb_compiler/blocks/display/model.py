"""What an admin interface shows: nothing here changes who may do what."""

from qb_compiler.model.record import record


@record
class LayoutSection:
    label: str
    fields: tuple[str, ...]
    columns: int = 1
    collapsed: bool = False


@record
class Layout:
    name: str
    sections: tuple[LayoutSection, ...]


@record
class Display:
    """`column` names a row (the FK label); `input_hints` are (column, hint)."""

    column: str | None = None
    input_hints: tuple[tuple[str, str], ...] = ()
    layouts: tuple[Layout, ...] = ()
