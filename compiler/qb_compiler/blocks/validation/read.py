"""Reads `validation`: rules per column, or a zod schema that is carried over."""

import re

from qb_compiler.blocks.columns.model import Column, ColumnKind
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.validation.model import FieldRules
from qb_compiler.blocks.validation.problems import SHAPE, RuleMisfit, UnknownValidatedColumn
from qb_compiler.evaluate.decode import Fields, Reader, as_scalar, plain
from qb_compiler.evaluate.values import CallValue, CodeValue, Entry, Value
from qb_compiler.model.literal import Scalar
from qb_compiler.model.record import record

TEXT_RULES = ("minLength", "maxLength", "pattern", "email", "url")
NUMBER_RULES = ("min", "max")
NUMBERS = frozenset({ColumnKind.INTEGER, ColumnKind.REAL, ColumnKind.NUMERIC})
LONGEST = 10_000_000
REGEX = re.compile(r"/(?P<pattern>.*)/(?P<flags>[a-z]*)\Z", re.DOTALL)


@record
class ValidationReader:
    context: TableContext

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def validation(self, entry: Entry | None) -> tuple[FieldRules, ...]:
        """The rules of every column that has some."""
        entries = self.reader.entries(entry.value, "validation") if entry else ()
        return tuple(rules for item in entries or () if (rules := self._rules(item)))

    def _rules(self, entry: Entry) -> FieldRules | None:
        name = self.context.column(entry.key, entry.key_span, "validation", UnknownValidatedColumn)
        column = self.context.table.column(name) if name else None
        if isinstance(entry.value, CallValue):
            return FieldRules(entry.key, entry.key_span, schema=entry.value.source, written=entry.value.span.text)
        fields = self.reader.fields(entry.value, f"validation.{entry.key}", entry.key_span)
        if fields is None or column is None:
            return None
        rules = self._object(column, fields, entry)
        fields.finish()
        self._check(column, rules, fields)
        return rules

    def _object(self, column: Column, fields: Fields, entry: Entry) -> FieldRules:
        return FieldRules(
            column.name,
            entry.key_span,
            min_length=self._length(fields, "minLength"),
            max_length=self._length(fields, "maxLength"),
            minimum=fields.read("min", self.reader.number),
            maximum=fields.read("max", self.reader.number),
            pattern=fields.read("pattern", self._pattern),
            enum=fields.read("enum", self._enum) or (),
            email=fields.boolean("email", False),
            url=fields.boolean("url", False),
            written=plain(entry.value),
        )

    def _length(self, fields: Fields, key: str) -> int | None:
        return fields.read(key, lambda value, owner: self.reader.whole(value, owner, 0, LONGEST))

    def _pattern(self, value: Value, owner: str) -> str | None:
        """A string, or a regular expression literal without flags."""
        if not isinstance(value, CodeValue) or value.kind != "regex":
            return self.reader.string(value, owner)
        found = REGEX.match(value.span.text)
        if found is None or found["flags"].strip("u"):
            self.reader.wrong(value, owner, "a pattern without flags")
            return None
        return found["pattern"]

    def _enum(self, value: Value, owner: str) -> tuple[Scalar, ...] | None:
        items = self.reader.items(value, owner)
        if items == ():
            self.reader.wrong(value, owner, "an array with at least one value")
        scalars = [as_scalar(item) for item in items or ()]
        for item, scalar in zip(items or (), scalars, strict=True):
            if scalar is None:
                self.reader.wrong(item, f"{owner}[]", "a string, number or boolean")
        return tuple(scalar[0] for scalar in scalars if scalar)

    def _check(self, column: Column, rules: FieldRules, fields: Fields) -> None:
        if not fields.object.entries:
            self.context.problems.report(SHAPE.missing(fields.place, fields.owner, "a rule", "minLength: 1"))
        for rule in (*TEXT_RULES, *NUMBER_RULES):
            entry = fields.object.entry(rule)
            why = _misfit(column, rule)
            if entry and why:
                self.context.problems.report(
                    RuleMisfit(
                        entry.key_span, column.name, rule, why, "remove the rule, or use one that fits the column"
                    )
                )
        if _crossed(rules.min_length, rules.max_length):
            self.context.problems.report(
                RuleMisfit(rules.span, column.name, "minLength", "it exceeds `maxLength`", "exchange the two")
            )
        if _crossed(rules.minimum, rules.maximum):
            self.context.problems.report(
                RuleMisfit(rules.span, column.name, "min", "it exceeds `max`", "exchange the two")
            )


def _crossed(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low > high


def _misfit(column: Column, rule: str) -> str | None:
    if rule in TEXT_RULES:
        return None if column.kind is ColumnKind.TEXT else f"the column holds {column.kind.value} values, not text"
    return None if column.kind in NUMBERS else f"the column holds {column.kind.value} values, not numbers"
