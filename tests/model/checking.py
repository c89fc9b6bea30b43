"""What a request may write: body shape, validation, then guards (decisions 1 and 8, definitions 10)."""

from model.answer import AnyOrder, AtLeast, Fault, NamesEach
from model.definition import AUDIT, Json, Project, Raw, Row, Table
from model.values import is_valid


def body_object(body: Json | Raw) -> dict[str, Json]:
    """The body as an object."""
    if isinstance(body, Raw):
        raise Fault(400, "INVALID_JSON", "validation")
    if not isinstance(body, dict):
        raise Fault(400, "VALIDATION_FAILED", "validation")
    return body


def check_create(project: Project, table: Table, body: Row) -> None:
    """Validation, then guards, of a new row."""
    _validate(project, table, body, creatable(project, table), complete=True)
    _guard_create(project, table, body)


def check_update(project: Project, table: Table, body: Row) -> None:
    """Validation, then guards, of a change."""
    _validate(project, table, body, updatable(table), complete=False)
    _guard_update(project, table, body)


def creatable(project: Project, table: Table) -> set[str]:
    """The columns that a client gives on create."""
    if table.guards.off:
        return {column.name for column in table.columns} - set(table.firewall.scopes) | _own_id(project)
    return {*table.guards.createable, *table.guards.immutable}


def updatable(table: Table) -> set[str]:
    """The columns that a client may change."""
    if table.guards.off:
        return {column.name for column in table.columns} - set(table.firewall.scopes)
    return set(table.guards.updatable)


def _own_id(project: Project) -> set[str]:
    return {"id"} if project.client_ids else set()


def _system(project: Project, table: Table) -> set[str]:
    generated = set() if project.client_ids else {"id"}
    return {*AUDIT, *table.firewall.scopes} | generated


def _validate(project: Project, table: Table, body: Row, writable: set[str], *, complete: bool) -> None:
    wrong = set()
    for name in writable:
        column = table.column(name)
        if column is None:
            present = isinstance(body.get("id"), str)
            wrong |= {"id"} if complete and not present else set()
        elif name in body:
            wrong |= set() if is_valid(column, body[name]) else {name}
        elif complete and column.required:
            wrong.add(name)
    if table.guards.off:
        wrong |= body.keys() - set(table.names) - _system(project, table)
    if wrong:
        raise Fault(400, "VALIDATION_FAILED", "validation", AtLeast({"fields": NamesEach(frozenset(wrong))}))


def _guard_create(project: Project, table: Table, body: Row) -> None:
    _refuse("GUARD_SYSTEM_MANAGED", body.keys() & _system(project, table))
    if table.guards.off:
        return
    _refuse_protected(table, body)
    allowed = creatable(project, table)
    _refuse("GUARD_FIELD_NOT_CREATEABLE", body.keys() - allowed)


def _guard_update(project: Project, table: Table, body: Row) -> None:
    _refuse("GUARD_SYSTEM_MANAGED", body.keys() & _system(project, table))
    if table.guards.off:
        return
    _refuse("GUARD_FIELD_IMMUTABLE", body.keys() & set(table.guards.immutable))
    _refuse_protected(table, body)
    _refuse("GUARD_FIELD_NOT_UPDATABLE", body.keys() - updatable(table))


def _refuse_protected(table: Table, body: Row) -> None:
    fields = body.keys() & table.guards.protected.keys()
    actions = {action for name in fields for action in table.guards.protected[name]}
    _refuse("GUARD_FIELD_PROTECTED", fields, {"actions": AnyOrder(sorted(actions))})


def _refuse(code: str, fields: set[str], more: dict[str, object] | None = None) -> None:
    if fields:
        details = AtLeast({"fields": AnyOrder(sorted(fields)), **(more or {})})
        raise Fault(400, code, "guards", details)
