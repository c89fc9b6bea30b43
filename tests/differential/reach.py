"""Brute force: what one caller reaches through one operation of one row, asked of the model request by request."""

from dataclasses import dataclass, replace

from differential.rows import values_of
from model.answer import Sent
from model.definition import Column, Identity, Json, Project, Request, Row, Table
from model.masks import shown
from model.rules import caller_of
from model.semantics import BASE, BATCH_VERBS, expected

WHO = "caller"
SINGLE = {"get": "GET", "update": "PATCH", "delete": "DELETE", "put": "PUT"}


@dataclass(frozen=True)
class Reach:
    """Whether the operation reaches the row; the columns that its answer shows, and those shown as they are."""

    allowed: bool
    columns: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()


def reach(project: Project, table: Table, operation: str, identity: Identity, row: Row) -> Reach:
    """What the model answers when this row is the only one there is."""
    rows = {one.name: [row] if one is table else [] for one in project.tables}
    asked = _stepping(request_for(project, table, operation, str(row["id"])), table, operation, row)
    answer = expected(project, {WHO: identity}, rows, asked)
    body = answer.body
    if isinstance(body, Sent):
        return Reach(allowed=True)
    assert isinstance(body, dict)
    if operation == "list" or operation.startswith("view "):
        found = body.get("data", [])
        return _shown(project, table, identity, row, found[0]) if found else Reach(False)
    if operation in BASE:
        return Reach(bool(body.get("success")))
    if operation == "get" and answer.status == 200:
        return _shown(project, table, identity, row, body)
    return Reach(answer.status < 300)


def _shown(project: Project, table: Table, identity: Identity, row: Row, seen: Row) -> Reach:
    names = frozenset(name for name in seen if name in table.names)
    caller = caller_of(project, identity)
    return Reach(True, names, frozenset(name for name in names if shown(table, row, name, caller) == row[name]))


def request_for(project: Project, table: Table, operation: str, key: str) -> Request:
    """A call of the operation that only its access can refuse."""
    base = f"/{table.route}"
    if operation == "list":
        return Request(WHO, "GET", base)
    if operation.startswith("view "):
        return Request(WHO, "GET", f"{base}/views/{operation.removeprefix('view ')}")
    if operation.startswith("action "):
        return _action(table, operation.removeprefix("action "), key)
    if operation == "create":
        return Request(WHO, "POST", base, body=new_row(table) | ({"id": "new"} if project.client_ids else {}))
    if operation in BASE:
        return _batch(project, table, operation, key)
    body: Json = None if operation in ("get", "delete") else new_row(table) if operation == "put" else {}
    return Request(WHO, SINGLE[operation], f"{base}/{key}", body=body)


def _batch(project: Project, table: Table, operation: str, key: str) -> Request:
    method = next(method for method, verb in BATCH_VERBS.items() if verb == operation)
    if operation == "batchDelete":
        return Request(WHO, method, f"/{table.route}/batch", body={"ids": [key]})
    record: dict[str, Json] = {} if operation == "batchUpdate" else new_row(table)
    if operation != "batchCreate" or project.client_ids:
        record["id"] = "new" if operation == "batchCreate" else key
    return Request(WHO, method, f"/{table.route}/batch", body={"records": [record]})


def _action(table: Table, name: str, key: str) -> Request:
    action = table.actions[name]
    path = action.path or action.name if action.standalone else f"{key}/{name}"
    if action.method == "GET":
        return Request(WHO, "GET", f"/{table.route}/{path}", tuple((one, "because") for one in action.input))
    return Request(WHO, action.method, f"/{table.route}/{path}", body=dict.fromkeys(action.input, "because"))


def _stepping(request: Request, table: Table, operation: str, row: Row) -> Request:
    """The request that asks for a state to which the row's leads, if the action wants one."""
    action = table.actions.get(operation.removeprefix("action "))
    if action is None or action.transition is None:
        return request
    targets = action.transition.steps.get(str(row[action.transition.column])) or ("none",)
    return replace(request, body={action.transition.via: targets[0]})


def new_row(table: Table) -> dict[str, Json]:
    """What a create needs at least."""
    own = (column for column in table.columns if column.name not in table.firewall.scopes)
    return {column.name: good(column) for column in own if column.required}


def good(column: Column) -> Json:
    """A value that the column takes."""
    return values_of(column)[0]
