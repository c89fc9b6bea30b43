"""Reads the later form of reading, `read: { access, views }`: the same operations in other words."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.reading.model import GetOperation, ListOperation, Reading, View
from qb_compiler.blocks.reading.problems import ReadTwice
from qb_compiler.blocks.reading.read import ReadingReader
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.evaluate.decode import Fields
from qb_compiler.evaluate.values import Entry
from qb_compiler.model.record import record


@record
class LaterReading:
    """`others` are the entries of the earlier form that were found beside `read`."""

    reader: ReadingReader
    others: tuple[Entry, ...]

    def reading(self, entry: Entry, sort: tuple[str, bool] | None) -> Reading:
        """One access rule for list and get; a view without a rule of its own has it too."""
        if self.others:
            label = Label(self.others[0].key_span, "said here too")
            self.reader.context.problems.report(ReadTwice(entry.key_span, label))
        fields = self.reader.reader.fields(entry.value, "read", entry.key_span)
        if fields is None:
            return Reading()
        access = self._access(fields)
        page_size, max_page_size = self.reader.page_sizes(fields)
        shown = fields.read("fields", self.reader.columns)
        views = fields.value("views")
        entries = self.reader.reader.entries(views, "read.views") if views else ()
        read_views = tuple(view for item in entries or () if (view := self._view(item, access)))
        fields.finish()
        if access is None:
            return Reading(views=read_views, default_sort=sort)
        return Reading(
            ListOperation(access, entry.key_span, page_size, max_page_size, shown),
            GetOperation(access, entry.key_span, shown),
            read_views,
            sort,
        )

    def _access(self, fields: Fields) -> Rule | None:
        """Left out when every view has a rule of its own: then there is neither list nor get."""
        if fields.entry("access") is None and fields.object.entry("views"):
            return None
        return self.reader.access(fields, sql_only=True)

    def _view(self, entry: Entry, default: Rule | None) -> View | None:
        fields = self.reader.view_fields(entry)
        if fields is None:
            return None
        shown = fields.required("fields", 'fields: ["id"]')
        columns = self.reader.columns(shown, fields.name("fields")) if shown else None
        own = fields.entry("access") or default is None
        access = self.reader.access(fields, sql_only=True) if own else default
        fields.finish()
        return View(entry.key, columns, access, entry.key_span) if columns and access else None
