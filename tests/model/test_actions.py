"""Actions, safe and unsafe, rules in code, teams, and what the trail says."""

from dataclasses import replace

import pytest

from model.answer import Expected, Sent
from model.definition import (
    Action,
    Column,
    Firewall,
    Identity,
    InCode,
    Input,
    Json,
    Operation,
    Project,
    Raw,
    Request,
    Rule,
    Tools,
    Transition,
    Unsafe,
)
from model.examples import DEPARTMENTS, EVERYONE, JOBS, PEOPLE, ask, code, job, rows
from model.rules import caller_of
from model.semantics import expected

SIGNED_IN = Rule(("AUTHENTICATED",))
ACTIONS = {
    "close": Action("close", EVERYONE, sets={"status": "closed"}, standalone=True),
    "move": Action("move", SIGNED_IN, sets={"status": "open"}, unsafe=Unsafe(cross_tenant=True)),
    "inspect": Action("inspect", EVERYONE, sets={}, unsafe=Unsafe(admin_only=True)),
    "open": Action("open", Rule(code=InCode("owner", "status", "draft", both=True)), sets={"status": "open"}),
}
PROJECT = Project((DEPARTMENTS, replace(JOBS, actions=ACTIONS)))
HAVING = rows([job("ours"), job("theirs", "B"), job("gone", deletedAt="2026-01-02T00:00:00.000Z")])


def call(who: str, path: str, body: Json = None) -> Expected:
    people = {**PEOPLE, "sys": Identity("sys", "admin")}
    return expected(PROJECT, people, HAVING, Request(who, "POST", path, body=body))


def test_a_standalone_action_changes_the_rows_of_the_caller_alone() -> None:
    answer = call("max", "/jobs/close")
    assert answer.body == {"rows": 1}
    assert [row["status"] for row in answer.rows["jobs"]] == ["closed", "draft", "draft"]


@pytest.mark.parametrize(
    ("who", "key", "refusal", "result"),
    [
        ("nobody", "theirs", "AUTH_MISSING", "denied"),
        ("ann", "ours", "ACCESS_CROSS_TENANT_FORBIDDEN", "denied"),
        ("sys", "theirs", None, "success"),
        ("sys", "gone", "FIREWALL_NOT_FOUND", "denied"),
    ],
)
def test_an_action_across_tenants_is_for_platform_admins_and_leaves_a_trail(
    who: str, key: str, refusal: str | None, result: str
) -> None:
    answer = call(who, f"/jobs/{key}/move")
    assert (code(answer), answer.trail) == (refusal, (("move", result),))


def test_an_action_for_platform_admins_says_so_before_it_asks_for_an_organization() -> None:
    assert code(call("eve", "/jobs/ours/inspect")) == "ACCESS_ADMIN_REQUIRED"
    assert code(call("sys", "/jobs/ours/inspect")) == "ACCESS_NO_ORG"


def test_a_rule_in_code_is_asked_about_the_row() -> None:
    assert call("ann", "/jobs/ours/open").status == 200
    assert code(call("max", "/jobs/ours/open")) == "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE"
    assert code(call("nobody", "/jobs/ours/open")) == "AUTH_MISSING"


MOVES = [("draft", "open", 200), ("open", "draft", 409), ("closed", "open", 409)]


@pytest.mark.parametrize(("status", "target", "answer"), MOVES)
def test_the_input_may_name_a_state_that_the_rows_leads_to(status: str, target: str, answer: int) -> None:
    steps = Transition("status", "next", {"draft": ("open",), "open": ("closed",)})
    shift = Action("shift", EVERYONE, {"next": "text"}, {"status": Input("next")}, transition=steps)
    project = Project((DEPARTMENTS, replace(JOBS, actions={"shift": shift})))
    asked = Request("ann", "POST", "/jobs/ours/shift", body={"next": target})
    assert expected(project, PEOPLE, rows([job("ours", status=status)]), asked).status == answer


TOOLS = Tools(
    "tools",
    "jobs",
    {
        "count": Action("count", Rule(("PUBLIC",)), standalone=True, tableless=True, method="GET", path="all"),
        "close": Action("close", Rule(code=InCode("owner")), {"why": "text"}, {"status": "closed"},
                        standalone=True, tableless=True, answers="file"),
    },
)  # fmt: skip


def test_an_action_without_a_table_reaches_what_its_caller_sees_and_asks_for_no_organization() -> None:
    project = Project((DEPARTMENTS, JOBS), tools=(TOOLS,))

    def ask_tool(who: str, method: str, path: str, body: Json = None) -> Expected:
        return expected(project, PEOPLE, HAVING, Request(who, method, f"/tools/{path}", body=body))

    assert [ask_tool(who, "GET", "all").body for who in ("ann", "eve", "nobody")] == [
        {"rows": 1},
        {"rows": 0},
        {"rows": 0},
    ]
    closed = ask_tool("ann", "POST", "close", {"why": "x"})
    assert (closed.body, closed.headers, closed.trail) == (Sent("rows 1"), {"content-type": "text/csv"}, ())
    assert [row["status"] for row in closed.rows["jobs"]] == ["closed", "draft", "draft"]
    assert code(ask_tool("max", "POST", "close", {"why": "x"})) == "ACCESS_CONDITION_FAILED"
    assert code(ask_tool("max", "POST", "close", {})) == "VALIDATION_FAILED"
    assert code(ask_tool("nobody", "POST", "close")) == "AUTH_MISSING"
    assert [code(ask_tool("ann", "PUT", path)) for path in ("close", "none")] == [
        "METHOD_NOT_ALLOWED",
        "ROUTE_NOT_FOUND",
    ]


def test_a_team_counts_only_for_its_members() -> None:
    member = Identity("max", memberships={"A": ("member",)}, active_org="A", active_team="T", teams=("T",))
    assert caller_of(PROJECT, member).team == "T"
    assert caller_of(PROJECT, replace(member, teams=())).team is None
    assert caller_of(PROJECT, replace(member, active_org=None)).team is None


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("PATCH", "/x"), ("DELETE", "/x"), ("POST", "/batch")])
def test_a_write_needs_the_team_that_scopes_its_table_before_its_body_is_read(method: str, path: str) -> None:
    columns = (*DEPARTMENTS.columns, Column("teamId", not_null=True))
    firewall = Firewall(organization="organizationId", team="teamId")
    crud = {verb: Operation(EVERYONE) for verb in ("list", "create", "update", "delete")}
    project = Project((replace(DEPARTMENTS, columns=columns, firewall=firewall, crud=crud),))
    assert code(ask("ann", method, f"/departments{path}", Raw("{"), in_=project)) == "ACCESS_NO_SCOPE"
    assert ask("ann", "GET", "/departments", in_=project).status == 200
