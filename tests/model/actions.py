"""Actions: order of checks, and what the database of an action shows."""

from collections.abc import Mapping

from model.answer import Fault, Sent
from model.call import Call, require_organization, require_role, require_scopes, require_sign_in
from model.checking import body_object
from model.definition import Action, Input, Json, Raw, Row
from model.reading import written
from model.rules import allows, allows_new
from model.store import Store

TYPES = {"file": "text/csv", "stream": "text/plain"}
INPUT_TYPES: Mapping[str, type | tuple[type, ...]] = {"text": str, "integer": int, "boolean": bool}


def act(call: Call, action: Action, key: str) -> tuple[int, object, Store]:
    """The answer of an action."""
    _admit(call, action)
    values = _input(call, action)
    sets: Row = {n: values[v.name] if isinstance(v, Input) else v for n, v in action.sets.items()}
    if action.standalone:
        if not allows_new(action.access, call.caller):
            raise Fault(403, "ACCESS_CONDITION_FAILED", "access")
        return 200, _told(call, action, _everywhere(call, action, sets)), call.store
    row = _record(call, action, key)
    if not (allows(action.access, call.caller, call.table, row) and _is_step(action, row, values)):
        raise Fault(409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE", "access")
    call.store.act(call.table, row, sets)
    shown = written(call.store, call.table, row, call.caller) if action.returns_record else {"done": row["id"]}
    return 200, shown, call.store


def _told(call: Call, action: Action, count: int) -> object:
    if action.answers == "json":
        return {"rows": count}
    call.headers = {"content-type": TYPES[action.answers]}
    return Sent(f"rows {count}")


def _admit(call: Call, action: Action) -> None:
    require_sign_in(call, action.access)
    is_admin = call.caller.user_role == "admin"
    if action.crosses_tenants and not is_admin:
        raise Fault(403, "ACCESS_CROSS_TENANT_FORBIDDEN", "access")
    if action.unsafe and action.unsafe.admin_only and not is_admin:
        raise Fault(403, "ACCESS_ADMIN_REQUIRED", "access")
    belongs = not (action.crosses_tenants or action.tableless)
    if belongs:
        require_organization(call)
    require_role(call, action.access)
    if belongs:
        require_scopes(call)


def _input(call: Call, action: Action) -> Mapping[str, Json]:
    request = call.request
    if action.method == "GET":
        repeated = len({name for name, _ in request.query}) < len(request.query)
        values: Mapping[str, Json] = {} if repeated else dict(request.query)
    else:
        values = body_object({} if request.body in (None, Raw("")) else request.body)
    if not all(_is_input(kind, values.get(name)) for name, kind in action.input.items()):
        raise Fault(400, "VALIDATION_FAILED", "validation")
    return values


def _is_input(kind: str, value: object) -> bool:
    return isinstance(value, INPUT_TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _is_step(action: Action, row: Row, values: Mapping[str, Json]) -> bool:
    """Whether the row's state leads to the one that the input asks for."""
    found = action.transition
    return found is None or values[found.via] in found.steps.get(str(row[found.column]), ())


def _record(call: Call, action: Action, key: str) -> Row:
    """The row through the firewall; across tenants any row that is not deleted."""
    if not action.crosses_tenants:
        return call.store.get(call.table, key, call.caller)
    return call.store.anywhere(call.table, key, call.caller)


def _everywhere(call: Call, action: Action, sets: Row) -> int:
    """Sets the columns in every row that the action's database shows: those of the caller, or all there are."""
    store, table = call.store, call.table
    rows = store.of(table) if action.unsafe else store.visible(table, call.caller)
    for row in rows if sets else ():
        store.act(table, row, sets)
    return len(rows)
