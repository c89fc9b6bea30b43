"""The operations of a resource, with the columns that each reaches."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action, Transition
from qb_compiler.model.project import Feature
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.span import Span


@record
class Operation:
    """`inserts` has no row yet, `rowless` never has one (standalone actions), `tableless` not even a table.
    `columns` are read, or written, by it.

    `admin_only` needs a platform admin; `crosses_tenants` does, too, and leaves the firewall. A `transition` compares
    the row with the input. `powers` are what the code of an action gets beyond its caller's own firewall.
    """

    name: str
    access: Rule
    columns: tuple[str, ...]
    reason: str
    reads: bool = False
    inserts: bool = False
    rowless: bool = False
    tableless: bool = False
    admin_only: bool = False
    crosses_tenants: bool = False
    transition: Transition | None = None
    powers: frozenset[str] = frozenset()

    @property
    def span(self) -> Span:
        return self.access.span


def all_columns(resource: Resource) -> tuple[str, ...]:
    return tuple(column.name for column in resource.table.columns)


def system_columns(resource: Resource) -> frozenset[str]:
    """What no client ever writes: scope and audit columns."""
    audit = ("createdAt", "createdBy", "modifiedAt", "modifiedBy", "deletedAt", "deletedBy")
    return frozenset((*audit, *resource.firewall.scope_columns))


def open_columns(resource: Resource) -> tuple[str, ...]:
    """What `guards: false` leaves writable."""
    closed = system_columns(resource) | {resource.id_column.name}
    return tuple(name for name in all_columns(resource) if name not in closed)


def createable(resource: Resource) -> tuple[str, ...]:
    guards = resource.guards
    return open_columns(resource) if guards.open else (*guards.createable, *guards.immutable)


def updatable(resource: Resource) -> tuple[str, ...]:
    guards = resource.guards
    return open_columns(resource) if guards.open else guards.updatable


def reading_operations(resource: Resource) -> list[Operation]:
    reading, every = resource.reading, all_columns(resource)
    found: list[Operation] = []
    if reading.list:
        found.append(Operation("list", reading.list.access, reading.list.fields or every, "list access", reads=True))
    if reading.get:
        found.append(Operation("get", reading.get.access, reading.get.fields or every, "get access", reads=True))
    views = (Operation(f"view {v.name}", v.access, v.fields, f"view {v.name}", reads=True) for v in reading.views)
    return [*found, *views]


def writing_operations(resource: Resource) -> list[Operation]:
    writing, new, changed = resource.writing, createable(resource), updatable(resource)
    table = (
        ("create", writing.create, new, True),
        ("update", writing.update, changed, False),
        ("delete", writing.delete, (), False),
        ("put", writing.put, new, False),
        ("batchCreate", writing.batch_create, new, True),
        ("batchUpdate", writing.batch_update, changed, False),
        ("batchDelete", writing.batch_delete, (), False),
        ("batchUpsert", writing.batch_upsert, new, False),
    )
    return [
        Operation(name, operation.access, columns, "guards", inserts=inserts)
        for name, operation, columns, inserts in table
        if operation
    ]


def powers(action: Action) -> frozenset[str]:
    whole = {"the whole database"} if action.unsafe else set()
    return frozenset(whole | ({"raw SQL"} if action.allow_raw_sql else set()))


def action_operations(resource: Resource) -> list[Operation]:
    def protected_by(action: str) -> tuple[str, ...]:
        return tuple(field.column for field in resource.guards.protected if action in field.actions)

    return [
        Operation(
            f"action {action.name}",
            action.access,
            protected_by(action.name),
            "protected field",
            rowless=action.standalone,
            admin_only=action.needs_platform_admin,
            crosses_tenants=action.unsafe is not None and action.unsafe.cross_tenant,
            transition=action.transition,
            powers=powers(action),
        )
        for action in resource.actions
    ]


def tableless_operations(feature: Feature) -> list[Operation]:
    """The actions of a feature that belong to none of its tables."""
    return [
        Operation(
            f"action {action.name}",
            action.access,
            (),
            "action",
            tableless=True,
            admin_only=action.needs_platform_admin,
            powers=powers(action),
        )
        for action in feature.actions
    ]


def operations(resource: Resource) -> tuple[Operation, ...]:
    """Reads, writes, actions, in the order an author writes them."""
    return (*reading_operations(resource), *writing_operations(resource), *action_operations(resource))
