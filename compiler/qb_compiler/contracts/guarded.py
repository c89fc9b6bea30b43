"""The guards of a table: each list holds the declared columns, none more and none less."""

from collections.abc import Iterator

from qb_compiler.contracts.boundary import Boundary
from qb_compiler.contracts.literals import Data, Reference, read
from qb_compiler.contracts.tables import AUDIT
from qb_compiler.contracts.typescript import Module
from qb_compiler.model.resource import Resource

AUDIT_FIELDS = Reference("...AUDIT_FIELDS")


def guards_match(module: Module, boundary: Boundary, resource: Resource) -> Iterator[str]:
    """A table that is written has guards; their lists are those that follow from the definition."""
    node, writes = module.exported.get("guards"), is_written(resource)
    if (node is not None) is not writes:
        yield f"`guards` is {'missing' if writes else 'there, though nothing is written'}"
    if node is None:
        return
    data, expected = read(module, node), lists(boundary, resource)
    if not isinstance(data, dict) or set(data) != {*expected, "protected"}:
        yield "`guards` holds other lists than it must"
        return
    for name, columns in expected.items():
        written = listed(data[name])
        if more := written - columns:
            yield f"`{name}` holds undeclared columns: {sorted(more)}"
        if less := columns - written:
            yield f"`{name}` lacks columns: {sorted(less)}"
    protected = {field.column: field.actions for field in resource.guards.protected}
    if pairs(data["protected"]) != protected:
        yield f"the protected columns are not {sorted(protected)}, each with its actions"


def is_written(resource: Resource) -> bool:
    writing = resource.writing
    operations = (
        writing.create, writing.update, writing.put,
        writing.batch_create, writing.batch_update, writing.batch_upsert,
    )  # fmt: skip
    return any(operations)


def lists(boundary: Boundary, resource: Resource) -> dict[str, set[str]]:
    """What a client may write follows from the guards; what only the server sets is in none of the other lists."""
    guards, identity = resource.guards, resource.id_column.name
    columns = [column.name for column in resource.table.columns]
    system = {*resource.firewall.scope_columns, *(c.name for c in resource.table.columns if c.generated)}
    system |= set(AUDIT) if boundary.audit_fields else set()
    system |= {resource.firewall.soft_delete} if resource.firewall.soft_delete else set()
    key = {identity} if boundary.client_ids else set()
    system |= {identity} - key
    free = set(columns) - system
    createable = free & (free if guards.open else {*guards.createable, *guards.immutable, *key})
    return {
        "system": system,
        "createable": createable,
        "updatable": (free & (free if guards.open else set(guards.updatable))) - key,
        "immutable": createable & {*guards.immutable, *key},
    }


def listed(data: Data) -> set[str]:
    """The names of a list; the audit columns stand in it as one."""
    items = data if isinstance(data, tuple) else ()
    return {name for item in items for name in (AUDIT if item == AUDIT_FIELDS else (str(item),))}


def pairs(data: Data) -> dict[str, tuple[str, ...]]:
    found = [item for item in data if isinstance(item, tuple) and len(item) == 2] if isinstance(data, tuple) else []
    return {str(key): tuple(str(action) for action in actions) for key, actions in found if isinstance(actions, tuple)}
