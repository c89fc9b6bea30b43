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
from qb_compiler.targets.api.cascades import is_soft
from qb_compiler.targets.api.code import (
    Code,
    Entry,
    Group,
    arrow_line,
    chain_line,
    choice_line,
    flat,
    layout,
    member,
    text,
)
from qb_compiler.targets.api.custom import custom_rule
from qb_compiler.targets.api.handlers import Trail, registration
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.api.operations import PLACES, Operation, operations
from qb_compiler.targets.api.resource import checked_references
from qb_compiler.targets.api.rules import is_anonymous
from qb_compiler.targets.api.scoping import is_preparable, required_sources
from qb_compiler.targets.rendering import render

_RESOURCE = (
    "access", "blank", "bodies", "columns", "fields", "firewall", "guards", "knownFields", "list", "resource",
    "viewAccess", "views",
)  # fmt: skip


BATCHES = {"update": "batchUpdate", "delete": "batchDelete", "put": "batchUpsert"}
"""What a method does to one record, and to many: the paths differ by an id or the word `batch`."""

INSERTS = frozenset({"create", "put", "batchCreate", "batchUpsert"})
PAGINATION = Entry("pagination", "pagination(query, found)")


@record
class Route:
    """One operation. `rule` names its access rule, `by_record` if it has conditions on the row; `code` is its code."""

    name: str
    rule: str
    anonymous: bool
    by_record: bool
    code: str | None = None
    scopes: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""
    nested: bool = False
    queryable: str = ""
    select: str = ""
    page: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class RoutesView:
    """What `routes.ts.jinja` needs; an operation that is None has no route."""

    table: str
    path: str
    id_name: str
    id_entry: str
    id_column: str
    id_type: str
    read_id: str
    read_ids: str
    organization: bool
    hide_code: str | None
    usual_list: bool
    items: str
    found: str
    labelled: bool
    references: bool
    known: str
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
    reserves_batch: bool
    standalone_actions: tuple[ActionRoute, ...]
    record_actions: tuple[ActionRoute, ...]


def emit_routes(around: Around, resource: Resource) -> tuple[str, str]:
    """Path and text of the routes module."""
    view = _view(around, resource)
    body = render(
        "targets/api/routes.ts.jinja",
        fit=arrow_line,
        choice=choice_line,
        **{name: getattr(view, name) for name in RoutesView.__slots__},
    )
    imports = [
        *package_imports(),
        Import("../../db/connections", ("featuresDb",)),
        Import("../../db/scoped", ("actionDb",)),
        *runtime_imports("../../lib"),
        Import("./cascade", ("children",)),
        Import(f"./{resource.route}.actions", ("actionAccess", "actionRules", "actionTransitions", "actions")),
        Import(f"./{resource.route}.custom", ("customRules",)),
        Import(f"./{resource.route}.resource", _RESOURCE),
        Import("./schema", (_table_import(resource, body),)),
    ]
    return f"{names.folder(resource.feature)}/{resource.route}.routes.ts", f"{import_lines(body, imports)}\n\n{body}"


def _table_import(resource: Resource, body: str) -> str:
    """The table as a value where queries are built here, else for its row type alone."""
    local = names.table_name(resource.key)
    built = f"({local})" in body or f"({local}." in body
    return f"{'' if built else 'type '}{names.table_import(resource.key)}"


def _view(around: Around, resource: Resource) -> RoutesView:
    table = names.table_name(resource.key)
    found = {operation.name: _operation(resource, operation) for operation in operations(resource)}
    labelled = any(reference.labelled for reference in resource.references)
    actions = [action_route(action, resource) for action in resource.actions]
    refers = bool(checked_references(around, resource))
    reads = resource.reading
    writing = resource.writing
    return RoutesView(
        table=table,
        path=f"/api/v1/{resource.route}",
        id_name=resource.id_column.name,
        id_entry=flat(Entry(resource.id_column.name, "id")),
        id_column=member(table, resource.id_column.name),
        id_type="number" if _whole_number(resource) else "string",
        read_id="integerId(c, resource)" if _whole_number(resource) else "textId(c)",
        read_ids=f"{'integerIds' if _whole_number(resource) else 'textIds'}(batch, resource)",
        organization=resource.firewall.organization is not None,
        hide_code=_hide_code(resource),
        usual_list=is_preparable(resource.firewall) and reads.list is not None and not reads.list.access.needs_record,
        items="items" if refers else "checked",
        found="items" if refers else "found",
        labelled=labelled,
        references=refers,
        known=", knownFields" if resource.guards.open else "",
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
        reserves_batch=any(name in found and batch not in found for name, batch in BATCHES.items()),
        standalone_actions=tuple(action for action in actions if action.standalone),
        record_actions=tuple(action for action in actions if not action.standalone),
    )


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
    scopes = () if verb == "get" else required_sources(resource.firewall, inserts=operation.name in INSERTS)
    opening, closing, nested = registered.opening, registered.closing, registered.nested
    return replace(route, scopes=scopes, opening=opening, closing=closing, nested=nested)


def _view_route(resource: Resource, view: View, table: str) -> Route:
    route = _route(view.name, view.access, "viewAccess")
    queryable = member("views", view.name)
    calls = (f".select(selectionOf(resource, {queryable}))", f".from({table})", ".where(where)")
    parts: list[Code] = ["data", Entry("view", text(view.name)), Entry("fields", "query.fields"), PAGINATION]
    page = layout("  return sendPage(c, ", Group("{", tuple(parts), "}", spaced=True), ");", indent=0)
    return replace(
        route,
        queryable=queryable,
        select=chain_line("  const rows = db", calls),
        page=page.removeprefix("  return sendPage(c, ").removesuffix(");"),
    )


def _whole_number(resource: Resource) -> bool:
    return resource.id_column.kind is ColumnKind.INTEGER
