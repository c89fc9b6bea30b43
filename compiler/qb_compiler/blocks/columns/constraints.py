"""Reads a table's third argument: indexes, keys, checks, in array or object form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qb_compiler.blocks.chain import Chain, Link, function_of, unchain
from qb_compiler.blocks.columns.builders import DIALECTS
from qb_compiler.blocks.columns.column import ColumnReader
from qb_compiler.blocks.columns.model import Check, CompositeForeignKey, CompositeKey, Index, Table
from qb_compiler.evaluate.decode import Fields
from qb_compiler.evaluate.values import (
    PARAMETER,
    ArrayValue,
    CallValue,
    CodeValue,
    ExternalValue,
    MemberValue,
    ObjectValue,
    StringValue,
    Value,
)
from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record
from qb_compiler.span import Span

USUAL_NAME = "table"
FIRST_PARAMETER = re.compile(r"\(?\s*([A-Za-z_$][\w$]*)")
INDEXES = {"index": False, "uniqueIndex": True, "unique": True}


@dataclass(slots=True)
class Constraints:
    """What has been read so far."""

    indexes: list[Index] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    keys: list[CompositeKey] = field(default_factory=list)
    foreign_keys: list[CompositeForeignKey] = field(default_factory=list)


@record
class ConstraintReader:
    columns: ColumnReader
    table: Table

    def with_constraints(self, extra: Value) -> Table:
        """The table with everything that its third argument adds."""
        parameter = ExternalValue(PARAMETER, USUAL_NAME, extra.span)
        made = self.columns.apply(extra, (parameter,)) if isinstance(extra, CodeValue) else extra
        found = Constraints()
        for item in self._items(made):
            self._constraint(item, found)
        return replace(
            self.table,
            parameter=_parameter(extra),
            indexes=tuple(found.indexes),
            checks=tuple(found.checks),
            primary_key=found.keys[0] if found.keys else None,
            foreign_keys=tuple(found.foreign_keys),
        )

    def _items(self, made: Value | None) -> Iterator[Value]:
        match made:
            case ArrayValue(items):
                yield from items
            case ObjectValue(entries):
                yield from (entry.value for entry in entries)
            case None:
                return
            case other:
                self._refuse(other)

    def _refuse(self, value: Value) -> None:
        owner = f"{self.table.key} constraints"
        self.columns.reader.wrong(value, owner, "indexes, keys and checks of `drizzle-orm`, in an array or object")

    def _constraint(self, item: Value, found: Constraints) -> None:
        chain = unchain(item)
        function = function_of(chain.head.callee, frozenset(DIALECTS)) if chain else None
        if chain is None or function is None:
            self._refuse(item)
            return
        match function[1]:
            case name if name in INDEXES:
                found.indexes.append(self._index(chain, unique=INDEXES[name], span=item.span))
            case "primaryKey":
                found.keys.append(self._key(chain.head))
            case "foreignKey":
                found.foreign_keys.extend(self._foreign_key(chain, item.span))
            case "check":
                found.checks.extend(self._check(chain.head))
            case _:
                self._refuse(item)

    def _index(self, chain: Chain, unique: bool, span: Span) -> Index:
        first = chain.head.arguments[0] if chain.head.arguments else None
        index = Index(name="", columns=(), unique=unique, span=span)
        for link in chain.links:
            index = self._linked(index, link)
        default = "_".join((self.table.sql_name, *index.columns, "unique" if unique else "idx"))
        return replace(index, name=first.text if isinstance(first, StringValue) else default)

    def _linked(self, index: Index, link: Link) -> Index:
        if link.name == "on":
            plain = all(self._column_name(argument) for argument in link.arguments)
            expressions = () if plain else tuple(_carried(argument) for argument in link.arguments)
            return replace(index, columns=self._names(link.arguments), expressions=expressions)
        if link.name == "where" and link.arguments:
            return replace(index, where=_carried(link.arguments[0]))
        return index

    def _column_name(self, value: Value) -> str | None:
        """The property that `table.column` names."""
        if (
            isinstance(value, MemberValue)
            and isinstance(value.object, ExternalValue)
            and value.object.module == PARAMETER
        ):
            return value.name
        return None

    def _names(self, values: tuple[Value, ...]) -> tuple[str, ...]:
        names = [self._column_name(value) for value in values]
        for value, name in zip(values, names, strict=True):
            if name and not self.table.has(name):
                self.columns.reader.wrong(value, f"{self.table.key} constraints", f"a column of `{self.table.key}`")
        return tuple(name for name in names if name)

    def _key(self, head: CallValue) -> CompositeKey:
        options = head.arguments[0] if head.arguments else None
        if not isinstance(options, ObjectValue):
            return CompositeKey(self._names(head.arguments))
        columns, fields = options.get("columns"), self.columns.reader.fields(options, "primaryKey")
        name = fields.string("name") if fields else None
        return CompositeKey(self._names(columns.items) if isinstance(columns, ArrayValue) else (), name)

    def _foreign_key(self, chain: Chain, span: Span) -> Iterator[CompositeForeignKey]:
        options = chain.head.arguments[0] if chain.head.arguments else None
        fields = self.columns.reader.fields(options, "foreignKey") if options else None
        if fields is None:
            return
        targets = self._targets(fields)
        columns = fields.value("columns")
        name = fields.string("name")
        fields.finish()
        if not targets or not isinstance(columns, ArrayValue):
            self._refuse(chain.head)
            return
        actions = {link.name: _text(link) for link in chain.links}
        yield CompositeForeignKey(
            columns=self._names(columns.items),
            table=targets[0][0],
            foreign_columns=tuple(column for _, column in targets),
            name=name,
            on_delete=actions.get("onDelete"),
            on_update=actions.get("onUpdate"),
            span=span,
        )

    def _targets(self, fields: Fields) -> list[tuple[str, str]]:
        foreign = fields.value("foreignColumns")
        items = foreign.items if isinstance(foreign, ArrayValue) else ()
        own = ((self.table.key, name) for item in items if (name := self._column_name(item)))
        other = (target for item in items if (target := self.columns.target(item)))
        return [*own, *other]

    def _check(self, head: CallValue) -> Iterator[Check]:
        if len(head.arguments) == 2 and isinstance(head.arguments[0], StringValue):
            yield Check(head.arguments[0].text, _carried(head.arguments[1]))
        else:
            self._refuse(head)


def _parameter(extra: Value) -> str:
    found = FIRST_PARAMETER.match(extra.span.text) if isinstance(extra, CodeValue) else None
    return found[1] if found else USUAL_NAME


def _carried(value: Value) -> Carried:
    match value:
        case CodeValue(_, source) | CallValue(_, _, _, source):
            return source
        case _:
            return Carried(value.span.text, value.span)


def _text(link: Link) -> str | None:
    first = link.arguments[0] if link.arguments else None
    return first.text if isinstance(first, StringValue) else None
