"""The whole answer to one request: routing, then the checks in the order of decisions 1."""

from collections.abc import Callable, Mapping

from model.actions import act
from model.answer import AtLeast, Expected, Fault
from model.batches import items_of, run_batch
from model.call import Call, admit
from model.checking import body_object, check_create, check_update, updatable
from model.definition import Identity, Json, Operation, Project, Request, Row, Rows, Rule, Table
from model.query import Reading, selection
from model.reading import page, render, written
from model.rules import Caller, allows, caller_of
from model.store import Store, not_visible
from model.trail import BASE, event, is_audited, rule_of

BATCH_VERBS = {"POST": "batchCreate", "PATCH": "batchUpdate", "DELETE": "batchDelete", "PUT": "batchUpsert"}
SINGLE_VERBS = {"GET": "get", "PATCH": "update", "DELETE": "delete", "PUT": "put"}


def expected(project: Project, identities: Mapping[str, Identity], rows: Rows, request: Request) -> Expected:
    """What the compiled project must answer, and the rows it must leave."""
    store = Store(project, rows)
    before = store.copy().rows
    try:
        table, verb, key = _route(project, request)
    except Fault as fault:
        return Expected(fault.status, fault.body(), before)
    call = Call(store, table, caller_of(project, identities[request.identity]), request)
    audited = is_audited(table, verb)
    try:
        status, body, after = _answer(call, verb, key)
        return Expected(status, body, after.rows, call.headers or {}, (event(verb),) if audited else ())
    except Fault as fault:
        return Expected(fault.status, fault.body(), before, trail=(event(verb, fault),) if audited else ())


def _route(project: Project, request: Request) -> tuple[Table, str, str]:
    """The table, the verb (`list`, `view`, `batchCreate`, `action`, …) and the row, view or action named."""
    first, *rest = request.path.strip("/").split("/")
    tools = next((tools for tools in project.tools if tools.feature == first), None)
    table = next((table for table in project.tables if table.route == first), None)
    if tools:
        table, routes = project.reached_by(tools), _standalone(project.reached_by(tools), "/".join(rest))
    else:
        routes = _routes_at(table, rest) if table else {}
    if table is None or not routes:
        raise Fault(404, "ROUTE_NOT_FOUND", "routing")
    if request.method not in routes:
        raise Fault(405, "METHOD_NOT_ALLOWED", "routing")
    return table, *routes[request.method]


def _routes_at(table: Table, rest: list[str]) -> dict[str, tuple[str, str]]:
    match rest:
        case []:
            verbs = {"GET": "list", "POST": "create"}
            return {method: (verb, "") for method, verb in verbs.items() if verb in table.crud}
        case [key]:
            single = {method: (verb, key) for method, verb in SINGLE_VERBS.items() if verb in table.crud}
            batches = {method: (verb, "") for method, verb in BATCH_VERBS.items() if _has_batch(table, verb)}
            return (_reading(single) | batches if key == "batch" else single) | _standalone(table, key)
        case ["views", name] if name in table.views:
            return {"GET": ("view", name)}
        case [_, name] if name in table.actions and not table.actions[name].standalone:
            return {"POST": (f"action {name}", rest[0])}
        case _:
            return _standalone(table, "/".join(rest))


def _reading(routes: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """For writes `batch` is no id; where a batch is not offered, its method is not."""
    return {method: route for method, route in routes.items() if method == "GET"}


def _standalone(table: Table, path: str) -> dict[str, tuple[str, str]]:
    """Actions without a row, which come before every id."""
    alone = [action for action in table.actions.values() if action.standalone and path == (action.path or action.name)]
    return {action.method: (f"action {action.name}", "") for action in alone}


def _has_batch(table: Table, verb: str) -> bool:
    batch = table.batches.get(verb)
    return BASE[verb] in table.crud and (batch is None or batch.enabled)


def _answer(call: Call, verb: str, key: str) -> tuple[int, object, Store]:
    table = call.table
    if verb == "view":
        admit(call, table.views[key].access)
        return _view(call, key)
    if verb.startswith("action "):
        return act(call, table.actions[verb.removeprefix("action ")], key)
    if verb in BASE:
        access = rule_of(table, verb)
        admit(call, access, writes=True, inserts=verb == "batchCreate")
        return _batch(call, verb, access)
    operation = table.crud[verb]
    admit(call, operation.access, writes=verb not in ("list", "get"), inserts=verb == "create")
    return _single(call, verb, key, operation)


def _single(call: Call, verb: str, key: str, operation: Operation) -> tuple[int, object, Store]:
    store, table, caller = call.store, call.table, call.caller
    match verb:
        case "list":
            reading = Reading(table, operation.fields, operation.page_size, operation.max_page_size)
            body, call.headers = page(store, reading, operation.access, call.request.query, caller)
            return 200, body, store
        case "get":
            fields = selection(Reading(table, operation.fields, 1, 1), call.request.query)
            row = _fetch(store, table, key, operation.access, caller)
            return 200, render(store, table, row, fields, caller), store
        case "create":
            return 201, _create(store, table, caller, body_object(call.request.body)), store
        case "update":
            body = {**body_object(call.request.body)}
            return 200, _update(store, table, caller, key, body, operation.access), store
        case "delete":
            return 200, _delete(store, table, caller, key, operation.access), store
        case _:
            status, body = _put(store, table, caller, key, body_object(call.request.body), operation.access)
            return status, body, store


def _fetch(store: Store, table: Table, key: object, rule: Rule, caller: Caller) -> Row:
    row = store.get(table, key, caller)
    if not allows(rule, caller, table, row):
        raise Fault(403, "ACCESS_CONDITION_FAILED", "access")
    return row


def _create(store: Store, table: Table, caller: Caller, body: Mapping[str, object]) -> Row:
    check_create(store.project, table, {**body})
    store.check_references(table, {**body}, caller)
    new = store.insert(table, {**body}, caller)
    store.check_unique(table, new)
    return written(store, table, new, caller)


def _update(store: Store, table: Table, caller: Caller, key: object, body: Row, rule: Rule) -> Row:
    check_update(store.project, table, body)
    row = _fetch(store, table, key, rule, caller)
    store.check_references(table, body, caller)
    store.again(table, key, rule, caller)
    return written(store, table, store.change(table, row, body, caller), caller)


def _delete(store: Store, table: Table, caller: Caller, key: object, rule: Rule) -> Row:
    row = _fetch(store, table, key, rule, caller)
    store.again(table, key, rule, caller)
    store.remove(table, row, caller)
    return {"success": True, "id": key}


def _put(
    store: Store, table: Table, caller: Caller, key: str, body: Mapping[str, object], rule: Rule
) -> tuple[int, Row]:
    if body.get("id", key) != key:
        raise Fault(400, "VALIDATION_FAILED", "validation")
    check_create(store.project, table, {**body, "id": key})
    if not store.exists(table, key):
        created = (table.name, key) in store.written
        new = store.insert(table, {**body, "id": key}, caller)
        if not allows(rule, caller, table, new):
            raise Fault(403, "ACCESS_CONDITION_FAILED", "access")
        store.check_references(table, {**body}, caller)
        if created:
            raise not_visible(table)
        store.check_unique(table, new)
        return 201, written(store, table, new, caller)
    row = _fetch(store, table, key, rule, caller)
    store.check_references(table, {**body}, caller)
    store.again(table, key, rule, caller)
    whole = {name: body.get(name, _default(table, name)) for name in updatable(table)}
    return 200, written(store, table, store.change(table, row, whole, caller), caller)


def _default(table: Table, name: str) -> Json:
    column = table.column(name)
    return column.default if column else None


def _view(call: Call, name: str) -> tuple[int, object, Store]:
    view, table = call.table.views[name], call.table
    listing = table.crud.get("list") or Operation(view.access)
    reading = Reading(table, view.fields, listing.page_size, listing.max_page_size, is_view=True)
    body, call.headers = page(call.store, reading, view.access, call.request.query, call.caller)
    return 200, {**body, "view": name, "fields": list(view.fields)}, call.store


def _batch(call: Call, verb: str, rule: Rule) -> tuple[int, object, Store]:
    table, caller = call.table, call.caller
    body = body_object(call.request.body)
    items = items_of(body, "ids" if verb == "batchDelete" else "records", table, verb)
    options = body.get("options")
    atomic = isinstance(options, dict) and options.get("atomic") is True

    def one(store: Store, item: Json) -> object:
        if verb == "batchDelete":
            row = _item_fault(item, lambda: _delete(store, table, caller, item, rule))
            return AtLeast({"id": row["id"]})
        record = body_object(item)
        if verb == "batchCreate":
            return _create(store, table, caller, record)
        rest: Row = {name: value for name, value in record.items() if name != "id"}
        key = str(record["id"])
        if verb == "batchUpdate":
            return _item_fault(key, lambda: _update(store, table, caller, key, rest, rule))
        return _item_fault(key, lambda: _put(store, table, caller, key, record, rule)[1])

    return run_batch(call.store, items, one, atomic=atomic, created=verb == "batchCreate")


def _item_fault(key: object, work: Callable[[], Row]) -> Row:
    """An item that is not visible is named by its id."""
    try:
        return work()
    except Fault as fault:
        if fault.code in ("FIREWALL_NOT_FOUND", "NOT_FOUND"):
            fault.details = AtLeast({"id": key})
        raise
