"""What the routes of a boundary must do, as plain facts: equal facts and an equal text have an equal examination."""

from collections.abc import Iterator, Mapping

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.firewall.model import ErrorMode
from qb_compiler.contracts.boundary import Boundary, operation_rules, view_rules
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource

INSERTS = {"create", "put", "batchCreate", "batchUpsert"}


@record
class Acting:
    """`name` is that of the code, `path` that of the route where it has one of its own."""

    name: str
    path: str | None
    standalone: bool
    moves: bool
    returns_record: bool
    unsafe: bool
    crosses_tenants: bool
    admin_only: bool
    raw_sql: bool


@record
class Duty:
    """One operation: `list`, `view pipeline`, `action approve`. `code` are the rule's functions, `scopes` the values of
    the caller that it needs besides the user and the organization, `batch` is its size and whether it may be atomic."""

    public: bool
    needs_record: bool
    has_conditions: bool
    code: tuple[str, ...]
    scopes: tuple[str, ...]
    batch: tuple[int, bool] | None = None
    action: Acting | None = None


@record
class Duties:
    """`hiding` is the code of `get`, where rows that it does not admit are hidden."""

    name: str
    operations: Mapping[str, Duty]
    needs_organization: bool = False
    refers: bool = False
    hiding: tuple[str, ...] = ()

    def action_of(self, operation: str) -> Acting | None:
        duty = self.operations.get(operation)
        return duty.action if duty else None


def duties(boundary: Boundary) -> Duties:
    resource, operations = boundary.resource, dict(_operations(boundary))
    if resource is None:
        return Duties(boundary.name, operations)
    needs_organization = resource.firewall.organization is not None
    return Duties(boundary.name, operations, needs_organization, boundary.refers, _hiding(resource))


def _operations(boundary: Boundary) -> Iterator[tuple[str, Duty]]:
    resource = boundary.resource
    if resource is not None:
        batches = _batches(resource)
        for name, rule in operation_rules(resource).items():
            yield name, _duty(rule, _scopes(resource, name), batch=batches.get(name))
        for name, rule in view_rules(resource).items():
            yield f"view {name}", _duty(rule, ())
    for action in boundary.actions:
        acting, operation = _acting(action), f"action {action.path or action.name}"
        scopes = () if resource is None or acting.crosses_tenants else _scopes(resource, operation)
        yield operation, _duty(action.access, scopes, action=acting)


def _duty(
    rule: Rule, scopes: tuple[str, ...], batch: tuple[int, bool] | None = None, action: Acting | None = None
) -> Duty:
    code = tuple(function.text for function in rule.functions)
    return Duty(is_public(rule), rule.needs_record, rule.has_conditions, code, scopes, batch, action)


def is_public(rule: Rule) -> bool:
    return rule.public or any(is_public(branch) for branch in rule.branches)


def _scopes(resource: Resource, operation: str) -> tuple[str, ...]:
    if operation in {"list", "get"}:
        return ()
    firewall = resource.firewall
    owner = firewall.owner if firewall.owner and (operation in INSERTS or not firewall.owner.optional) else None
    sources = [scope.source for scope in (firewall.organization, owner, firewall.team) if scope]
    return tuple(source for source in dict.fromkeys(sources) if source not in {"userId", "activeOrgId"})


def _batches(resource: Resource) -> dict[str, tuple[int, bool]]:
    writing = resource.writing
    operations = {
        "batchCreate": writing.batch_create, "batchUpdate": writing.batch_update,
        "batchDelete": writing.batch_delete, "batchUpsert": writing.batch_upsert,
    }  # fmt: skip
    return {name: (batch.max_size, batch.allow_atomic) for name, batch in operations.items() if batch}


def _acting(action: Action) -> Acting:
    unsafe = action.unsafe
    return Acting(
        action.name,
        action.path,
        action.standalone,
        action.transition is not None,
        action.returns_record,
        unsafe is not None,
        unsafe is not None and unsafe.cross_tenant,
        unsafe is not None and unsafe.admin_only,
        action.allow_raw_sql,
    )


def _hiding(resource: Resource) -> tuple[str, ...]:
    get = resource.reading.get
    if get is None or resource.firewall.error_mode is not ErrorMode.HIDE:
        return ()
    return tuple(function.text for function in get.access.functions)
