"""What the blocks of one table read against, so that no block needs another block's reader."""

from collections.abc import Callable
from typing import TypeAlias

from qb_compiler.blocks.access.model import RoleList, Rule
from qb_compiler.blocks.columns.model import Table
from qb_compiler.config.model import Config
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Reader
from qb_compiler.evaluate.shape import Shape, UnknownColumn
from qb_compiler.evaluate.values import Value
from qb_compiler.model.record import record
from qb_compiler.span import Span

ReadRule: TypeAlias = Callable[[Value, str], Rule | None]
"""Reads an access rule; the string names the place, such as `crud.list.access`."""

ReadRoles: TypeAlias = Callable[[Value, str], RoleList | None]


@record
class TableContext:
    """`table` has its injected columns already."""

    table: Table
    config: Config
    problems: Problems
    read_rule: ReadRule
    read_roles: ReadRoles

    def reader(self, shape: Shape) -> Reader:
        return Reader(shape, self.problems)

    def column(self, name: str, span: Span, owner: str, unknown: type[UnknownColumn]) -> str | None:
        """The name, if the table has such a column."""
        if self.table.has(name):
            return name
        names = tuple(column.name for column in self.table.columns)
        self.problems.report(unknown(span, name, names, owner, self.table.key))
        return None

    def columns(self, reader: Reader, value: Value, owner: str, unknown: type[UnknownColumn]) -> tuple[str, ...] | None:
        """The columns that an array names, without repetitions."""
        strings = reader.strings(value, owner)
        if strings is None:
            return None
        found = (self.column(item.text, item.span, owner, unknown) for item in strings)
        return tuple(dict.fromkeys(name for name in found if name))
