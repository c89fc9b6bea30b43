"""The operations of a table that have a route, by the names they have in the generated code."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.rules import is_anonymous

PLACES = {
    "list": ("get", "/"),
    "get": ("get", "/:id"),
    "create": ("post", "/"),
    "update": ("patch", "/:id"),
    "delete": ("delete", "/:id"),
    "put": ("put", "/:id"),
    "batchCreate": ("post", "/batch"),
    "batchUpdate": ("patch", "/batch"),
    "batchDelete": ("delete", "/batch"),
    "batchUpsert": ("put", "/batch"),
}


@record
class Operation:
    """`name` is the key in the `access` object."""

    name: str
    access: Rule

    @property
    def anonymous(self) -> bool:
        return is_anonymous(self.access)


def operations(resource: Resource) -> list[Operation]:
    """In the order an author writes them; views and actions have lists of their own."""
    reading, writing = resource.reading, resource.writing
    found = {
        "list": reading.list,
        "get": reading.get,
        "create": writing.create,
        "update": writing.update,
        "delete": writing.delete,
        "put": writing.put,
        "batchCreate": writing.batch_create,
        "batchUpdate": writing.batch_update,
        "batchDelete": writing.batch_delete,
        "batchUpsert": writing.batch_upsert,
    }
    return [Operation(name, operation.access) for name, operation in found.items() if operation]
