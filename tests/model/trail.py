"""The trail: calls that leave the firewall or need no sign-in, and how they ended (decisions 2 and 7)."""

from model.answer import Fault
from model.definition import Project, Rule, Table
from model.rules import is_anonymous

BASE = {"batchCreate": "create", "batchUpdate": "update", "batchDelete": "delete", "batchUpsert": "put"}
WRITES = ("create", "update", "delete", "put", *BASE)
DENYING = ("authentication", "firewall", "access")


def rule_of(table: Table, verb: str) -> Rule:
    """The rule of a write, which a batch may state itself."""
    batch = table.batches.get(verb)
    return batch.access if batch and batch.access else table.crud[BASE.get(verb, verb)].access


def is_audited(table: Table, verb: str) -> bool:
    """Actions across tenants, and what anybody may write without a sign-in."""
    if verb.startswith("action "):
        action = table.actions[verb.removeprefix("action ")]
        return action.crosses_tenants or (is_anonymous(action.access) and action.method != "GET")
    return verb in WRITES and BASE.get(verb, verb) in table.crud and is_anonymous(rule_of(table, verb))


def leaves_trail(project: Project) -> bool:
    """Whether any call of the project is audited."""
    return any(
        is_audited(table, verb)
        for table in (*project.tables, *(project.reached_by(tools) for tools in project.tools))
        for verb in (*WRITES, *(f"action {name}" for name in table.actions))
    )


def event(verb: str, fault: Fault | None = None) -> tuple[str, str]:
    """Name and result of a finished call."""
    name = verb.removeprefix("action ")
    if fault is None:
        return name, "success"
    return name, "denied" if fault.layer in DENYING or fault.code == "NOT_FOUND" else "error"
