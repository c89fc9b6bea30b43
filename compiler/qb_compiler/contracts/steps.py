"""The steps that a handler of each operation walks through, in this order; `|` stands between two ways of one step."""

from qb_compiler.contracts.duties import Duties, Duty

READ_ID = "textId|integerId"
READ_IDS = "textIds|integerIds"
CHANGE = ("write", "send", "maskRow", "requireVisible")
MANY = ("readListQuery", "allOf", "firewall", "featuresDb", "db.select", "readPage", "maskRows", "sendPage")
STEPS: dict[str, tuple[str, ...]] = {
    "list": MANY,
    "view": MANY,
    "get": (READ_ID, "readColumns", "featuresDb", "requireVisible", "SEEN", "send", "maskRow"),
    "create": ("CODE", "checkCreate", "readBody", "featuresDb", "REFERENCES", "write", "insertRow", *CHANGE[1:]),
    "update": (
        READ_ID,
        "checkUpdate",
        "readBody",
        "featuresDb",
        "requireVisible",
        "fetchRow",
        "VISIBLE",
        "requireRecord",
        "CODE",
        "REFERENCES",
        "updateRow",
        *CHANGE[1:],
    ),
    "delete": (
        READ_ID,
        "featuresDb",
        "requireVisible",
        "fetchRow",
        "VISIBLE",
        "requireRecord",
        "CODE",
        "softDeleteRow|hardDeleteRow",
        "requireVisible",
        "send",
    ),
    "put": (
        READ_ID,
        "checkPut",
        "checkBody",
        "withoutId",
        "featuresDb",
        "fetchRow",
        "VISIBLE",
        "requireRecord",
        "NEW",
        "CODE",
        "REFERENCES",
        "updateRow",
        "putRow",
        *CHANGE,
    ),
    "batchCreate": (
        "CODE",
        "readBatch",
        "checkItems",
        "checkCreate",
        "checkBody",
        "featuresDb",
        "REFERENCES",
        "writeItems",
        "insertRow",
        "sendBatch",
        "maskRow",
    ),
    "batchUpdate": (
        "readBatch",
        "checkItems",
        READ_IDS,
        "checkUpdate",
        "checkBody",
        "featuresDb",
        "fetchRows",
        "VISIBLE",
        "checkItems",
        "requireItem",
        "CODE",
        "REFERENCES",
        "writeItems",
        "updateRow",
        "sendBatch",
        "maskRow",
    ),
    "batchDelete": (
        "readBatch",
        READ_IDS,
        "featuresDb",
        "fetchRows",
        "VISIBLE",
        "checkItems",
        "requireItem",
        "CODE",
        "writeItems|dropItems",
        "softDeleteRow|hardDeleteRow",
        "sendBatch",
    ),
    "batchUpsert": (
        "readBatch",
        "checkItems",
        READ_IDS,
        "checkPut",
        "checkBody",
        "featuresDb",
        "fetchRows",
        "takenIds",
        "VISIBLE",
        "checkItems",
        "requireItem",
        "NEW",
        "CODE",
        "REFERENCES",
        "writeItems",
        "updateRow",
        "putRow",
        "sendBatch",
        "maskRow",
    ),
}
RECORD_ACTION = (
    READ_ID,
    "readInput",
    "fetchRow|fetchAcrossTenants",
    "requireVisible",
    "VISIBLE",
    "requireState",
    "STATE",
    "TRANSITION",
    "EXECUTE",
    "SEND",
)
ACTION = ("readInput", "CODE", "EXECUTE", "SEND")


def expected(operation: str, duties: Duties, duty: Duty) -> list[set[str]]:
    """Each step of an operation, as the names of which one is called."""
    gates = ("requireRole", *("requireScope" for _ in duty.scopes))
    steps = (step for step in of(operation, duty) for step in concrete(step, operation, duties, duty))
    return [set(step.split("|")) for step in (*gates, *steps)]


def of(operation: str, duty: Duty) -> tuple[str, ...]:
    kind = operation.partition(" ")[0]
    if kind != "action":
        return STEPS[kind]
    return ACTION if duty.action is None or duty.action.standalone else RECORD_ACTION


def concrete(step: str, operation: str, duties: Duties, duty: Duty) -> tuple[str, ...]:
    """A step that depends on the definition, or none."""
    if step == "STATE":
        return ("requireCodeState",) if duty.code else ()
    if step in {"SEEN", "VISIBLE", "CODE"}:
        return in_code(step, duties, duty)
    if step == "REFERENCES":
        refers = "checkReferences" if operation.startswith("batch") else "requireReferences"
        return (refers,) if duties.refers else ()
    if step == "NEW":
        return ("requireNewRecord",) if duty.has_conditions else ()
    action = duty.action
    if step == "TRANSITION":
        return ("requireTransition",) if action is not None and action.moves else ()
    if step == "EXECUTE" and action is not None:
        return (f'actions.{action.name}.execute|actions["{action.name}"].execute',)
    if step == "SEND":
        return (
            ("send", "maskRow", "returnedRecord") if action is not None and action.returns_record else ("sendResult",)
        )
    return (step,)


def in_code(step: str, duties: Duties, duty: Duty) -> tuple[str, ...]:
    """A rule in code is asked itself, unless it is the one that has just decided whether the row exists."""
    own, shown = duty.code, duties.hiding
    if step == "SEEN":
        return ("requireCodeVisible" if own else "requireRecord",)
    if step == "VISIBLE":
        return ("requireCodeVisible|checkCodeVisible",) if shown else ()
    return ("requireCode|checkCode|requireCodeState",) if own and own != shown else ()


def missing(called: list[str], expected: list[set[str]]) -> set[str] | None:
    """The first step that is not called after the ones before it."""
    waiting = iter(called)
    return next((step for step in expected if not any(name in step for name in waiting)), None)
