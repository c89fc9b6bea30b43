"""Reads `crud.list`, `crud.get`, `views` and `defaultSort`."""

import re

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.reading.model import GetOperation, ListOperation, Reading, View
from qb_compiler.blocks.reading.problems import (
    SHAPE,
    BadViewName,
    FunctionOnList,
    PageSizeClash,
    UnknownReadColumn,
)
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import ArrayValue, Entry, StringValue, Value
from qb_compiler.model.record import record

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")
LARGEST_PAGE = 1000
DEFAULT_MAX = 100
ACCESS = 'access: { roles: ["owner", "admin", "member"] }'


@record
class ReadingReader:
    context: TableContext

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def reading(
        self, list_entry: Entry | None, get_entry: Entry | None, views: Entry | None, sort: Entry | None
    ) -> Reading:
        """Everything that reads rows."""
        return Reading(
            list=self._list(list_entry) if list_entry else None,
            get=self._get(get_entry) if get_entry else None,
            views=self._views(views) if views else (),
            default_sort=self.sort(sort) if sort else None,
        )

    def _list(self, entry: Entry) -> ListOperation | None:
        fields = self.reader.fields(entry.value, "crud.list", entry.key_span)
        if fields is None:
            return None
        access = self.access(fields, sql_only=True)
        page_size, max_page_size = self.page_sizes(fields)
        shown = fields.read("fields", self.columns)
        fields.finish()
        if access is None:
            return None
        return ListOperation(access, entry.key_span, page_size, max_page_size, shown)

    def page_sizes(self, fields: Fields) -> tuple[int, int]:
        """How many rows a page has, and how many it may have at most."""
        max_page_size = fields.whole("maxPageSize", DEFAULT_MAX, 1, LARGEST_PAGE)
        page_size = fields.whole("pageSize", min(50, max_page_size), 1, LARGEST_PAGE)
        if page_size > max_page_size:
            place = fields.object.get("pageSize")
            self.context.problems.report(PageSizeClash(place.span if place else None, page_size, max_page_size))
        return page_size, max_page_size

    def _get(self, entry: Entry) -> GetOperation | None:
        fields = self.reader.fields(entry.value, "crud.get", entry.key_span)
        if fields is None:
            return None
        access = self.access(fields)
        shown = fields.read("fields", self.columns)
        fields.finish()
        return GetOperation(access, entry.key_span, shown) if access else None

    def access(self, fields: Fields, sql_only: bool = False) -> Rule | None:
        """The rule of an operation; one that has to become SQL cannot be a function."""
        value = fields.required("access", ACCESS)
        rule = self.context.read_rule(value, fields.name("access")) if value else None
        if rule and sql_only and any(branch.function for branch in rule.walk()):
            self.context.problems.report(FunctionOnList(rule.span, fields.owner))
        return rule

    def columns(self, value: Value, owner: str) -> tuple[str, ...] | None:
        """The columns that `fields` names, at least one."""
        columns = self.context.columns(self.reader, value, owner, UnknownReadColumn)
        if isinstance(value, ArrayValue) and not value.items:
            self.reader.wrong(value, owner, "an array with at least one column")
        return columns

    def _views(self, entry: Entry) -> tuple[View, ...]:
        entries = self.reader.entries(entry.value, "views") or ()
        return tuple(view for item in entries if (view := self._view(item)))

    def _view(self, entry: Entry) -> View | None:
        fields = self.view_fields(entry)
        if fields is None:
            return None
        shown = fields.required("fields", 'fields: ["id"]')
        columns = self.columns(shown, fields.name("fields")) if shown else None
        access = self.access(fields, sql_only=True)
        fields.finish()
        if columns is None or access is None:
            return None
        return View(entry.key, columns, access, entry.key_span)

    def view_fields(self, entry: Entry) -> Fields | None:
        """The options of a view, whose name has to stand in a path."""
        if not NAME.match(entry.key):
            self.context.problems.report(BadViewName(entry.key_span, entry.key))
        return self.reader.fields(entry.value, f"views.{entry.key}", entry.key_span)

    def sort(self, entry: Entry) -> tuple[str, bool] | None:
        """(column, whether descending)."""
        fields = self.reader.fields(entry.value, "defaultSort", entry.key_span)
        if fields is None:
            return None
        field = fields.required("field", 'field: "createdAt"')
        order = fields.value("order")
        fields.finish()
        if order and not (isinstance(order, StringValue) and order.text in {"asc", "desc"}):
            self.reader.wrong(order, "defaultSort.order", '"asc" or "desc"')
        name = self.reader.string(field, "defaultSort.field") if field else None
        if field is None or name is None:
            return None
        column = self.context.column(name, field.span, "defaultSort.field", UnknownReadColumn)
        return (column, isinstance(order, StringValue) and order.text == "desc") if column else None
