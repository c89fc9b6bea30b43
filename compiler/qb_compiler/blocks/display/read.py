"""Reads `displayColumn`, `inputHints` and `layouts`."""

from enum import StrEnum

from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.display.model import Display, Layout, LayoutSection
from qb_compiler.blocks.display.problems import SHAPE, UnknownDisplayColumn
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import Entry, Value
from qb_compiler.model.record import record

DISPLAY_NAMES = (
    "name", "title", "label", "headline", "subject", "code", "displayName", "fullName", "description",
)  # fmt: skip


class InputHint(StrEnum):
    SELECT = "select"
    MULTI_SELECT = "multi-select"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    TEXTAREA = "textarea"
    LOOKUP = "lookup"
    HIDDEN = "hidden"
    COLOR = "color"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    CURRENCY = "currency"
    RICHTEXT = "richtext"


@record
class DisplayReader:
    context: TableContext

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def display(self, column: Entry | None, hints: Entry | None, layouts: Entry | None) -> Display:
        """What an interface is told; the display column is found by name when none is given."""
        return Display(
            column=self._column(column) if column else self._found_column(),
            input_hints=self._hints(hints) if hints else (),
            layouts=self._layouts(layouts) if layouts else (),
        )

    def _column(self, entry: Entry) -> str | None:
        name = self.reader.string(entry.value, "displayColumn")
        if name is None:
            return None
        return self.context.column(name, entry.value.span, "displayColumn", UnknownDisplayColumn)

    def _found_column(self) -> str | None:
        return next((name for name in DISPLAY_NAMES if self.context.table.has(name)), None)

    def _hints(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        entries = self.reader.entries(entry.value, "inputHints") or ()
        return tuple(hint for item in entries if (hint := self._hint(item)))

    def _hint(self, entry: Entry) -> tuple[str, str] | None:
        column = self.context.column(entry.key, entry.key_span, "inputHints", UnknownDisplayColumn)
        hint = self.reader.choice(entry.value, f"inputHints.{entry.key}", InputHint)
        return (column, hint.value) if column and hint else None

    def _layouts(self, entry: Entry) -> tuple[Layout, ...]:
        entries = self.reader.entries(entry.value, "layouts") or ()
        return tuple(layout for item in entries if (layout := self._layout(item)))

    def _layout(self, entry: Entry) -> Layout | None:
        fields = self.reader.fields(entry.value, f"layouts.{entry.key}", entry.key_span)
        if fields is None:
            return None
        sections = fields.required("sections", 'sections: [{ label: "…", fields: ["…"] }]')
        fields.finish()
        read = self.reader.each(sections, fields.name("sections"), self._section) if sections else ()
        return Layout(entry.key, read)

    def _section(self, value: Value, owner: str) -> LayoutSection | None:
        fields = self.reader.fields(value, owner)
        return self._opened_section(fields) if fields else None

    def _opened_section(self, fields: Fields) -> LayoutSection:
        label = fields.required("label", 'label: "…"')
        shown = fields.required("fields", 'fields: ["…"]')
        names = self._columns(shown, fields.name("fields")) if shown else ()
        section = LayoutSection(
            (self.reader.string(label, fields.name("label")) if label else None) or "",
            names,
            columns=fields.whole("columns", 1, 1, 2),
            collapsed=fields.boolean("collapsed", False),
        )
        fields.finish()
        return section

    def _columns(self, value: Value, owner: str) -> tuple[str, ...]:
        return self.context.columns(self.reader, value, owner, UnknownDisplayColumn) or ()
