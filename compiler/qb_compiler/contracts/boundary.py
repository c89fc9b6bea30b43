"""What a routes module must enforce: the security of one table, or the actions of a feature that belong to none."""

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action
from qb_compiler.contracts.tables import Held
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource

INSERTS = {"create", "put", "batchCreate", "batchUpsert"}


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

    @property
    def rules(self) -> dict[str, Rule]:
        """The rule of every route, by the operation that it is: `list`, `view pipeline`, `action approve`."""
        actions = {f"action {action.path or action.name}": action.access for action in self.actions}
        if self.resource is None:
            return actions
        views = {f"view {name}": rule for name, rule in view_rules(self.resource).items()}
        return {**operation_rules(self.resource), **views, **actions}

    @property
    def needs_organization(self) -> bool:
        return self.resource is not None and self.resource.firewall.organization is not None

    def scopes_of(self, operation: str) -> tuple[str, ...]:
        """The values of the caller that a write or an action needs besides the user and the organization."""
        action = self.action_of(operation)
        reads = operation in {"list", "get"} or operation.startswith("view ")
        if self.resource is None or reads or (action and action.unsafe and action.unsafe.cross_tenant):
            return ()
        firewall = self.resource.firewall
        owner = firewall.owner if firewall.owner and (operation in INSERTS or not firewall.owner.optional) else None
        sources = [scope.source for scope in (firewall.organization, owner, firewall.team) if scope]
        return tuple(source for source in dict.fromkeys(sources) if source not in {"userId", "activeOrgId"})

    def action_of(self, operation: str) -> Action | None:
        return next((a for a in self.actions if f"action {a.path or a.name}" == operation), None)


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
