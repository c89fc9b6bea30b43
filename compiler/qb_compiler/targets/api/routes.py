"""`<route>.routes.ts`: each handler a straight line of named steps, in the order of README.md beside this module."""

from dataclasses import dataclass, replace

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.columns.model import ColumnKind
from qb_compiler.blocks.crud.model import BatchOperation
from qb_compiler.blocks.firewall.model import ErrorMode
from qb_compiler.blocks.reading.model import View
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.actions import ActionRoute, action_route
from qb_compiler.targets.api.around import Around
from qb_compiler.targets.api.bodies import is_required
from qb_compiler.targets.api.cascades import is_soft
from qb_compiler.targets.api.code import arrow_line, layout, member, object_, text
from qb_compiler.targets.api.custom import custom_rule
from qb_compiler.targets.api.handlers import Trail, registration
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.api.operations import PLACES, Operation, operations
from qb_compiler.targets.api.resource import checked_references
from qb_compiler.targets.api.rules import is_anonymous
from qb_compiler.targets.api.scoping import context_type, is_preparable, system_columns
from qb_compiler.targets.rendering import render

_RESOURCE = (
    "access", "blank", "columns", "type CreateBody", "createBody", "created", "deleted", "fields",
    "firewall", "guards", "knownFields", "list",
    "modified", "newId", "type PutBody", "putBody", "resource", "type UpdateBody", "updateBody", "viewAccess", "views",
)  # fmt: skip


@record
class Route:
    """One operation. `rule` names its access rule, `by_record` if it has conditions on the row; `code` is its code."""

    name: str
    rule: str
    anonymous: bool
    by_record: bool
    code: str | None = None
    opening: str = ""
    closing: str = ""
    nested: bool = False
    queryable: str = ""
    selection: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class RoutesView:
    """What `routes.ts.jinja` needs; an operation that is None has no route."""

    table: str
    path: str
    id_name: str
    id_column: str
    deleted_column: str | None
    id_type: str
    read_id: str
    read_ids: str
    organization: bool
    prepared_fetch: bool
    hide_code: str | None
    usual_list: bool
    fetches: bool
    fetches_across: bool
    fetches_many: bool
    inserts: bool
    updates: Route | None
    deletes: Route | None
    puts: Route | None
    context_type: str
    items: str
    found: str
    labelled: bool
    references: bool
    known: str
    new_row: str
    soft: bool
    children: bool
    views: tuple[Route, ...]
    list: Route | None
    get: Route | None
    create: Route | None
    update: Route | None
    delete: Route | None
    put: Route | None
    batch_create: Route | None
    batch_update: Route | None
    batch_delete: Route | None
    batch_upsert: Route | None
    standalone_actions: tuple[ActionRoute, ...]
    record_actions: tuple[ActionRoute, ...]


def emit_routes(around: Around, resource: Resource) -> tuple[str, str]:
    """Path and text of the routes module."""
    view = _view(around, resource)
    body = render(
        "targets/api/routes.ts.jinja", fit=arrow_line, **{name: getattr(view, name) for name in RoutesView.__slots__}
    )
    imports = [
        *package_imports(),
        Import("../../db/connections", ("featuresDb",)),
        Import("../../db/scoped", ("actionDb",)),
        *runtime_imports("../../lib"),
        Import("./cascade", ("children",)),
        Import(f"./{resource.route}.actions", ("actionAccess", "actionRules", "actions")),
        Import(f"./{resource.route}.custom", ("customRules",)),
        Import(f"./{resource.route}.resource", _RESOURCE),
        Import("./schema", (names.table_import(resource.key),)),
    ]
    return f"{names.folder(resource.feature)}/{resource.route}.routes.ts", f"{import_lines(body, imports)}\n\n{body}"


def _view(around: Around, resource: Resource) -> RoutesView:
    table = names.table_name(resource.key)
    found = {operation.name: _operation(resource, operation) for operation in operations(resource)}
    preparable = is_preparable(resource.firewall)
    labelled = any(reference.labelled for reference in resource.references)
    actions = [action_route(action, resource) for action in resource.actions]
    refers = bool(checked_references(around, resource))
    reads = resource.reading
    writing = resource.writing
    return RoutesView(
        table=table,
        path=f"/api/v1/{resource.route}",
        id_name=resource.id_column.name,
        id_column=member(table, resource.id_column.name),
        deleted_column=member(table, resource.firewall.soft_delete) if resource.firewall.soft_delete else None,
        id_type="number" if _whole_number(resource) else "string",
        read_id="integerId(c, resource)" if _whole_number(resource) else "textId(c)",
        read_ids=f"{'integerIds' if _whole_number(resource) else 'textIds'}(batch, resource)",
        organization=resource.firewall.organization is not None,
        prepared_fetch=preparable,
        hide_code=_hide_code(resource),
        usual_list=preparable and reads.list is not None and not reads.list.access.needs_record,
        fetches_across=any(action.cross_tenant and not action.standalone for action in actions),
        fetches_many=bool(writing.batch_update or writing.batch_delete or writing.batch_upsert),
        inserts=bool(writing.create or writing.batch_create),
        updates=_either(found, "update", "batchUpdate"),
        deletes=_either(found, "delete", "batchDelete"),
        puts=_either(found, "put", "batchUpsert"),
        context_type=context_type(resource),
        items="items" if refers else "checked",
        found="items" if refers else "found",
        fetches=bool(
            (reads.get and not labelled)
            or writing.update
            or writing.delete
            or writing.put
            or any(not action.standalone and not action.cross_tenant for action in actions)
        ),
        labelled=labelled,
        references=refers,
        known=", knownFields" if resource.guards.open else "",
        new_row=_new_row(around, resource, table),
        soft=is_soft(resource),
        children=around.cascades,
        views=tuple(_view_route(resource, view, table) for view in reads.views),
        list=found.get("list"),
        get=found.get("get"),
        create=found.get("create"),
        update=found.get("update"),
        delete=found.get("delete"),
        put=found.get("put"),
        batch_create=_batch(found.get("batchCreate"), "records", writing.batch_create),
        batch_update=_batch(found.get("batchUpdate"), "records", writing.batch_update),
        batch_delete=_batch(found.get("batchDelete"), "ids", writing.batch_delete),
        batch_upsert=_batch(found.get("batchUpsert"), "records", writing.batch_upsert),
        standalone_actions=tuple(action for action in actions if action.standalone),
        record_actions=tuple(action for action in actions if not action.standalone),
    )


def _either(found: dict[str, Route], *names_: str) -> Route | None:
    """What the single operation and its batch need together: record conditions if either has them."""
    routes = [found[name] for name in names_ if name in found]
    return replace(routes[0], by_record=any(route.by_record for route in routes)) if routes else None


def _hide_code(resource: Resource) -> str | None:
    """The `get` rule in code that, in hide mode, decides whether a row exists for any verb."""
    hides = resource.firewall.error_mode is ErrorMode.HIDE
    get = resource.reading.get
    return custom_rule(resource, Operation("get", get.access)) if hides and get else None


def _batch(route: Route | None, items: str, operation: BatchOperation | None) -> Route | None:
    if route is None or operation is None:
        return None
    atomic = "true" if operation.allow_atomic else "false"
    shape = f'{{ list: "{items}", max: {operation.max_size}, allowAtomic: {atomic} }}'
    return replace(route, shape=shape)


def _route(name: str, access: Rule, of: str = "access") -> Route:
    return Route(name, member(of, name), is_anonymous(access), access.has_conditions)


def _operation(resource: Resource, operation: Operation) -> Route:
    """A route of the table itself. A write that needs no sign-in leaves a trail."""
    route = replace(_route(operation.name, operation.access), code=custom_rule(resource, operation))
    verb, path = PLACES[operation.name]
    name = text(operation.name)
    trail: Trail = [("action", name), ("resource", text(resource.key)), ("operation", name)]
    registered = registration(verb, path, trail if route.anonymous and verb != "get" else None)
    return replace(route, opening=registered.opening, closing=registered.closing, nested=registered.nested)


def _view_route(resource: Resource, view: View, table: str) -> Route:
    route = _route(view.name, view.access, "viewAccess")
    fields = {*view.fields, *([resource.masking.owner_column] if resource.masking.owner_column else [])}
    columns = [(c.name, member(table, c.name)) for c in resource.table.columns if c.name in fields]
    selection = (
        layout("    .select(", object_(list(columns)), ")", indent=4).removeprefix("    .select(").removesuffix(")")
    )
    return replace(route, queryable=member("views", view.name), selection=selection)


def _whole_number(resource: Resource) -> bool:
    return resource.id_column.kind is ColumnKind.INTEGER


def _new_row(around: Around, resource: Resource, table: str) -> str:
    """The inserted object: system fields come last, so that nothing before can override them."""
    has_id = resource.id_column.name in system_columns(resource, around.config) and not _whole_number(resource)
    identity = f"{resource.id_column.name}: newId(), " if has_id else ""
    row = f"{{ ...values, {identity}...created(ctx) }}"
    return f"{row} as typeof {table}.$inferInsert" if _lacks_values(around, resource) else row


def _lacks_values(around: Around, resource: Resource) -> bool:
    """Whether a column that needs a value is not writable: then the database refuses, and the types must not."""
    guards, system = resource.guards, system_columns(resource, around.config)
    if guards.open:
        return False
    given = {*guards.createable, *guards.immutable, *system}
    return any(is_required(column) and column.name not in given for column in resource.table.columns)
