"""A small shop of definitions, people and rows that the tests of the model share."""

from collections.abc import Iterable

from model.answer import Expected
from model.definition import (
    Action,
    Checks,
    Column,
    Condition,
    Firewall,
    Guards,
    Identity,
    Input,
    Json,
    Mask,
    Operation,
    Project,
    Raw,
    Request,
    Row,
    Rows,
    Rule,
    Table,
    View,
)
from model.semantics import expected

EVERYONE = Rule(roles=("owner", "admin", "member"))
LEADERS = Rule(roles=("owner", "admin"))
OWN = Rule(any_of=(LEADERS, Rule(("member",), record=(Condition("createdBy", "equals", "$userId"),))))
T0, T1 = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"

DEPARTMENTS = Table(
    "departments",
    "jobs",
    (Column("organizationId", not_null=True), Column("name", not_null=True)),
    Firewall(organization="organizationId"),
    {verb: Operation(EVERYONE) for verb in ("list", "get", "create", "update", "delete")},
    Guards(createable=("name",), updatable=("name",)),
)
JOBS = Table(
    "jobs",
    "jobs",
    (
        Column("organizationId", not_null=True),
        Column("title", not_null=True, checks=Checks(min_length=2)),
        Column("status", not_null=True, default="draft", enum=("draft", "open", "closed")),
        Column("workEmail"),
        Column("salary", "integer"),
        Column("departmentId", target="departments"),
        Column("slug", unique=True),
    ),
    Firewall(organization="organizationId"),
    {
        "list": Operation(EVERYONE),
        "get": Operation(EVERYONE),
        "create": Operation(EVERYONE),
        "update": Operation(OWN),
        "delete": Operation(OWN),
    },
    Guards(
        createable=("title", "workEmail", "salary", "departmentId", "slug"),
        updatable=("title", "salary", "departmentId", "slug"),
        immutable=("workEmail",),
        protected={"status": ("approve", "reject")},
    ),
    masking={"salary": Mask("redact", ("owner",))},
    views={"board": View(("id", "title"), EVERYONE)},
    actions={
        "approve": Action(
            "approve",
            Rule(("owner",), record=(Condition("status", "equals", "draft"),)),
            {"note": "text"},
            {"status": "open", "title": Input("note")},
        ),
        "reject": Action("reject", LEADERS),
    },
)
PROJECT = Project((DEPARTMENTS, JOBS))
PEOPLE = {
    "ann": Identity("ann", memberships={"A": ("owner",)}, active_org="A"),
    "max": Identity("max", memberships={"A": ("member",)}, active_org="A"),
    "bob": Identity("bob", memberships={"B": ("owner",)}, active_org="B"),
    "eve": Identity("eve"),
    "nobody": Identity(),
}


def department(key: str, org: str, **values: object) -> Row:
    return {"id": key, "organizationId": org, "name": f"Department {key}", **_audit("ann"), **values}


def job(key: str, org: str = "A", by: str = "ann", **values: object) -> Row:
    row: Row = {"id": key, "organizationId": org, "title": f"Job {key}", "status": "draft", "slug": None}
    return {**row, "workEmail": None, "salary": None, "departmentId": None, **_audit(by), **values}


def _audit(by: str) -> Row:
    row: Row = {"createdAt": T0, "createdBy": by, "modifiedAt": T0, "modifiedBy": by}
    return {**row, "deletedAt": None, "deletedBy": None}


def rows(jobs: Iterable[Row] = (), departments: Iterable[Row] = ()) -> Rows:
    return {"jobs": list(jobs), "departments": list(departments)}


def ask(
    who: str, method: str, path: str, body: Json | Raw = None, *, having: Rows | None = None, in_: Project = PROJECT
) -> Expected:
    """What the model expects of `METHOD path?query`."""
    path, _, text = path.partition("?")
    query = tuple((name, value) for name, _, value in (pair.partition("=") for pair in text.split("&") if pair))
    return expected(in_, PEOPLE, having or rows(), Request(who, method, path, query, body))


def code(answer: Expected) -> object:
    return answer.body.get("code") if isinstance(answer.body, dict) else None


def ids(answer: Expected) -> list[object]:
    assert isinstance(answer.body, dict)
    return [row["id"] for row in answer.body["data"]]
