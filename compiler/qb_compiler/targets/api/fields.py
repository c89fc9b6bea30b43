"""`fields`: the columns of a table by name and kind, the only ones that a request or a rule can speak of."""

from qb_compiler.blocks.columns.model import ColumnKind
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.bodies import stores_text
from qb_compiler.targets.api.code import Code, Group, layout, strings


def fields_code(resource: Resource, table: str) -> str:
    """`const fields = …`; points in time that are kept as text are named."""
    times = [c.name for c in resource.table.columns if c.kind is ColumnKind.TIMESTAMP and stores_text(c)]
    arguments: tuple[Code, ...] = (table, strings(times)) if times else (table,)
    return layout("const fields = ", Group("fieldsOf(", arguments, ")"), ";")
