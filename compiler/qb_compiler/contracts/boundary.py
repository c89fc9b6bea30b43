"""What generated modules must enforce: the security of one table, or the actions of a feature that belong to none."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action
from qb_compiler.contracts.tables import Held
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource


@record
class Boundary:
    """`name` is the table's key or the feature's name; `resource` is None for actions without a table.

    `tables` are the table and those that it refers to; `audit_fields` and `client_ids` are what the config says.
    """

    name: str
    actions: tuple[Action, ...]
    resource: Resource | None = None
    refers: bool = False
    tables: tuple[Held, ...] = ()
    audit_fields: bool = True
    client_ids: bool = False


def operation_rules(resource: Resource) -> dict[str, Rule]:
    """What the definition's `crud` says, batches included."""
    reading, writing = resource.reading, resource.writing
    operations = {
        "list": reading.list, "get": reading.get, "create": writing.create, "update": writing.update,
        "delete": writing.delete, "put": writing.put, "batchCreate": writing.batch_create,
        "batchUpdate": writing.batch_update, "batchDelete": writing.batch_delete, "batchUpsert": writing.batch_upsert,
    }  # fmt: skip
    return {name: operation.access for name, operation in operations.items() if operation}


def view_rules(resource: Resource) -> dict[str, Rule]:
    return {view.name: view.access for view in resource.reading.views}
