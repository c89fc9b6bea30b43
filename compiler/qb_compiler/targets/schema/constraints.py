"""Prints the third argument of a table: indexes, keys and checks."""

from collections.abc import Callable

from qb_compiler.blocks.columns.model import CompositeForeignKey, CompositeKey, Index, Table
from qb_compiler.targets.api.code import Code, Group, member, object_, text
from qb_compiler.targets.schema.chains import Call

Local = Callable[[str], str]
"""What the printed file calls the table with this key."""


def constraint_calls(table: Table, local: Local) -> list[tuple[Call, ...]]:
    """One chain of calls a constraint, keys first."""
    found: list[tuple[Call, ...]] = []
    if table.primary_key:
        found.append((_primary_key(table, table.primary_key),))
    found += [_foreign_key(table, key, local) for key in table.foreign_keys]
    found += [_index(table, index) for index in table.indexes]
    found += [(Call("check", (text(check.name), check.condition.text)),) for check in table.checks]
    return found


def functions_used(table: Table) -> set[str]:
    """The names that these constraints need from `drizzle-orm/sqlite-core`."""
    used = {"uniqueIndex" if index.unique else "index" for index in table.indexes}
    used |= {"primaryKey"} if table.primary_key else set()
    used |= {"foreignKey"} if table.foreign_keys else set()
    return used | ({"check"} if table.checks else set())


def _own(table: Table, names: tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(member(table.parameter, name) for name in names)


def _primary_key(table: Table, key: CompositeKey) -> Call:
    named: list[tuple[str, Code]] = [("name", text(key.name))] if key.name else []
    return Call("primaryKey", (object_([*named, ("columns", Group("[", _own(table, key.columns), "]"))]),))


def _foreign_key(table: Table, key: CompositeForeignKey, local: Local) -> tuple[Call, ...]:
    named: list[tuple[str, Code]] = [("name", text(key.name))] if key.name else []
    foreign = tuple(member(local(key.table), name) for name in key.foreign_columns)
    options = object_(
        [*named, ("columns", Group("[", _own(table, key.columns), "]")), ("foreignColumns", Group("[", foreign, "]"))]
    )
    actions = [
        Call(name, (text(value),))
        for name, value in (("onDelete", key.on_delete), ("onUpdate", key.on_update))
        if value
    ]
    return (Call("foreignKey", (options,)), *actions)


def _index(table: Table, index: Index) -> tuple[Call, ...]:
    parts = tuple(part.text for part in index.expressions) or _own(table, index.columns)
    calls = (Call("uniqueIndex" if index.unique else "index", (text(index.name),)), Call("on", parts))
    return (*calls, Call("where", (index.where.text,))) if index.where else calls
