"""Reads record conditions: `{ status: { equals: "draft" } }`, compared by the type of the column."""

import re
from collections.abc import Iterator
from datetime import datetime

from qb_compiler.blocks.access.model import Condition, ContextValue, Operator
from qb_compiler.blocks.access.problems import (
    SHAPE,
    ConditionMisfit,
    UnknownConditionColumn,
    UnknownContextValue,
    UnknownOperator,
)
from qb_compiler.blocks.columns.model import Column, ColumnKind, Table
from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.decode import Reader, as_scalar
from qb_compiler.evaluate.shape import rename
from qb_compiler.evaluate.values import ArrayValue, Entry, ObjectValue, StringValue, Value
from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record

CONTEXT_PATHS = ("userId", "userRole", "activeOrgId", "activeTeamId", "user.id", "user.email", "user.name")
SHORT_FORMS = {"$userId": "userId", "$activeOrgId": "activeOrgId", "$activeTeamId": "activeTeamId"}
CONTEXT_FORM = re.compile(r"\$[A-Za-z]")
OPERATORS = tuple(operator.value for operator in Operator)
EQUALITY = frozenset({Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN, Operator.NOT_IN})
LISTS = frozenset({Operator.IN, Operator.NOT_IN})
NULLABLE = frozenset({Operator.EQUALS, Operator.NOT_EQUALS})
NUMBERS = frozenset({ColumnKind.INTEGER, ColumnKind.REAL, ColumnKind.NUMERIC})
INCOMPARABLE = frozenset({ColumnKind.JSON, ColumnKind.BLOB})


@record
class ConditionReader:
    table: Table
    problems: Problems

    @property
    def reader(self) -> Reader:
        return Reader(SHAPE, self.problems)

    def conditions(self, value: Value, owner: str) -> tuple[Condition, ...]:
        """Every comparison of a `record` object; several in one column hold together."""
        entries = self.reader.entries(value, owner) or ()
        return tuple(condition for entry in entries for condition in self._of_column(entry, f"{owner}.{entry.key}"))

    def _of_column(self, entry: Entry, owner: str) -> Iterator[Condition]:
        column = self.table.column(entry.key)
        if column is None:
            names = tuple(column.name for column in self.table.columns)
            unknown = UnknownConditionColumn(entry.key_span, entry.key, names, "record", self.table.key)
            self.problems.report(unknown)
            return
        if not isinstance(entry.value, ObjectValue):
            self._not_an_operator(entry.value, owner)
            return
        if not entry.value.entries:
            self.problems.report(SHAPE.missing(entry.value.span, owner, "equals", "equals: …"))
        for comparison in entry.value.entries:
            yield from self._comparison(column, comparison, owner)

    def _not_an_operator(self, value: Value, owner: str) -> None:
        operator = "in" if isinstance(value, ArrayValue) else "equals"
        is_plain = as_scalar(value) or isinstance(value, ArrayValue)
        mending = (Edit(value.span, f"{{ {operator}: {value.span.text} }}"),) if is_plain else ()
        self.reader.wrong(value, owner, 'an operator and a value, such as `{ equals: "draft" }`', mending)

    def _comparison(self, column: Column, entry: Entry, owner: str) -> Iterator[Condition]:
        if entry.key not in OPERATORS:
            self.problems.report(UnknownOperator(entry.key_span, entry.key, OPERATORS))
            return
        operator = Operator(entry.key)
        if column.kind in INCOMPARABLE or (column.kind is ColumnKind.BOOLEAN and operator not in EQUALITY):
            why = f"a {column.kind.value} column cannot be compared by `{operator.value}`"
            self.problems.report(ConditionMisfit(entry.key_span, column.name, why))
            return
        items = self._items(operator, entry.value, f"{owner}.{entry.key}")
        values = tuple(value for item in items for value in self._value(column, operator, item, owner))
        if items and len(values) == len(items):
            yield Condition(column.name, operator, values, entry.value.span)

    def _items(self, operator: Operator, value: Value, owner: str) -> tuple[Value, ...]:
        if operator not in LISTS:
            return (value,)
        items = self.reader.items(value, owner, "an array of values")
        if items == ():
            self.reader.wrong(value, owner, "an array with at least one value")
        return items or ()

    def _value(self, column: Column, operator: Operator, item: Value, owner: str) -> Iterator[Scalar | ContextValue]:
        if isinstance(item, StringValue) and CONTEXT_FORM.match(item.text):
            yield from self._context(item)
            return
        scalar = as_scalar(item)
        if scalar is None:
            self.reader.wrong(item, f"{owner}.{operator.value}", "a string, number, boolean or `$ctx.…` value")
            return
        why = misfit(column, operator, scalar[0])
        if why is None:
            yield scalar[0]
            return
        near = nearest(str(scalar[0]), column.enum) if column.enum else ()
        mending = (rename(item.span, near[0]),) if near else ()
        self.problems.report(ConditionMisfit(item.span, column.name, why, mending))

    def _context(self, item: StringValue) -> Iterator[ContextValue]:
        path = SHORT_FORMS.get(item.text, item.text.removeprefix("$ctx."))
        if path in CONTEXT_PATHS:
            yield ContextValue(path)
        else:
            known = tuple(f"$ctx.{path}" for path in CONTEXT_PATHS)
            self.problems.report(UnknownContextValue(item.span, item.text, known))


def misfit(column: Column, operator: Operator, value: Scalar) -> str | None:
    """Why a literal can never be compared with the column, or None when it can."""
    if value is None:
        return None if operator in NULLABLE else f"`{operator.value}` never holds for null"
    if column.kind is ColumnKind.BOOLEAN:
        return None if isinstance(value, bool) else "a boolean column is `true` or `false`"
    if column.kind in NUMBERS:
        return None if isinstance(value, int | float) and not isinstance(value, bool) else "the column holds numbers"
    if not isinstance(value, str):
        return "the column holds text"
    if column.kind is ColumnKind.TIMESTAMP:
        return None if is_instant(value) else "the column holds points in time: write ISO 8601"
    if column.enum and value not in column.enum:
        return f"the column holds one of {', '.join(column.enum)}"
    return None


def is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
