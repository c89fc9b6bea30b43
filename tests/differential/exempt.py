"""Requests to which non-interference does not apply, because the author chose so; README.md of the model names why."""

from model.definition import Project, Request, Table
from model.masks import is_plain
from model.rules import Caller


def tells_of_other_tenants(group: Project, request: Request) -> bool:
    """Writes where a value is unique across tenants, so that a 409 tells of it; actions that leave the firewall."""
    table = _table_of(group, request)
    if table is None:
        return False
    return _is_unsafe(table, request) or (request.method != "GET" and any(column.unique for column in table.columns))


def tells_of_masked_values(group: Project, request: Request, caller: Caller) -> bool:
    """Writes to a table with a unique column that is masked for the caller: a 409 tells that a value is taken."""
    table = _table_of(group, request)
    if table is None or request.method == "GET":
        return False
    return any(is_unique(table, c.name) and not is_plain(table, c.name, caller) for c in table.columns)


def is_unique(table: Table, name: str) -> bool:
    """Whether a value of the column may be in one row only."""
    column = table.column(name)
    return bool(column and column.unique) or any(name in names for names in table.uniques)


def is_unsafe(group: Project, request: Request) -> bool:
    """Whether the request calls an action that leaves the firewall."""
    table = _table_of(group, request)
    return table is not None and _is_unsafe(table, request)


def _is_unsafe(table: Table, request: Request) -> bool:
    parts = request.path.strip("/").split("/")
    actions = (action for action in table.actions.values() if action.unsafe)
    return any(parts[1:] == [action.name] or parts[2:] == [action.name] for action in actions)


def _table_of(group: Project, request: Request) -> Table | None:
    first = request.path.strip("/").split("/")[0]
    tools = (group.reached_by(tools) for tools in group.tools if tools.feature == first)
    return next(tools, None) or next((table for table in group.tables if table.route == first), None)
