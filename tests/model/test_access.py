"""Who may do it: authentication, organization, roles, record conditions, and in which order they answer."""

from dataclasses import replace

import pytest

from model.definition import Condition, Firewall, Json, Operation, Project, Row, Rule
from model.examples import DEPARTMENTS, EVERYONE, JOBS, ask, code, department, ids, job, rows
from model.rules import Caller, allows, holds_role, is_anonymous


@pytest.mark.parametrize(
    ("who", "status", "refusal"),
    [("nobody", 401, "AUTH_MISSING"), ("eve", 403, "ACCESS_NO_ORG"), ("ann", 200, None)],
)
def test_authentication_comes_first_then_the_organization(who: str, status: int, refusal: str | None) -> None:
    answer = ask(who, "GET", "/jobs")
    assert (answer.status, code(answer)) == (status, refusal)


def test_a_role_failure_never_tells_whether_the_row_exists() -> None:
    table = replace(JOBS, crud={**JOBS.crud, "get": Operation(Rule(("owner",)))})
    project = Project((DEPARTMENTS, table))
    for key in ("j1", "absent"):
        assert code(ask("max", "GET", f"/jobs/{key}", having=rows([job("j1")]), in_=project)) == "ACCESS_ROLE_REQUIRED"


def test_a_row_of_another_tenant_a_deleted_one_and_an_absent_one_answer_alike() -> None:
    having = rows([job("theirs", "B"), job("gone", deletedAt="2026-01-02T00:00:00.000Z")])
    answers = [ask("ann", "GET", f"/jobs/{key}", having=having) for key in ("theirs", "gone", "absent")]
    assert {(one.status, code(one)) for one in answers} == {(403, "FIREWALL_NOT_FOUND")}


def test_hide_mode_says_404_for_what_get_does_not_show_and_403_for_what_may_only_be_read() -> None:
    reading = Rule(("owner", "member"), record=(Condition("status", "notEquals", "closed"),))
    table = replace(
        JOBS,
        firewall=Firewall(organization="organizationId", hide=True),
        crud={**JOBS.crud, "get": Operation(reading)},
    )
    project = Project((DEPARTMENTS, table))
    having = rows([job("closed", status="closed"), job("open", status="open")])
    assert ask("max", "DELETE", "/jobs/closed", having=having, in_=project).status == 404
    assert ask("ann", "POST", "/jobs/closed/approve", {"note": "n"}, having=having, in_=project).status == 404
    assert code(ask("max", "DELETE", "/jobs/open", having=having, in_=project)) == "ACCESS_CONDITION_FAILED"


def test_a_member_changes_only_what_the_record_condition_gives() -> None:
    having = rows([job("mine", by="max"), job("other", by="ann")])
    assert ask("max", "PATCH", "/jobs/mine", {"title": "New"}, having=having).status == 200
    refused = ask("max", "PATCH", "/jobs/other", {"title": "New"}, having=having)
    assert (refused.status, code(refused)) == (403, "ACCESS_CONDITION_FAILED")
    assert refused.rows["jobs"] == having["jobs"]


def test_a_list_holds_exactly_the_rows_that_get_returns() -> None:
    rule = Rule(any_of=(Rule(("owner",)), Rule(("member",), record=(Condition("createdBy", "equals", "$userId"),))))
    table = replace(JOBS, crud={"list": Operation(rule), "get": Operation(rule)})
    project = Project((DEPARTMENTS, table))
    having = rows([job("a", by="max"), job("b"), job("c", "B", by="max")])
    assert ids(ask("max", "GET", "/jobs", having=having, in_=project)) == ["a"]
    assert ids(ask("ann", "GET", "/jobs", having=having, in_=project)) == ["a", "b"]
    gets = [ask("max", "GET", f"/jobs/{key}", having=having, in_=project).status for key in "abc"]
    assert gets == [200, 403, 403]


def test_siblings_of_or_must_hold_too() -> None:
    rule = Rule(roles=("admin",), any_of=(Rule(("member",)),))
    assert not allows(rule, Caller("u", roles=("member",)), JOBS, job("a"))
    assert allows(rule, Caller("u", roles=("member", "admin")), JOBS, job("a"))


@pytest.mark.parametrize(
    ("operator", "value", "holding", "holds"),
    [
        ("equals", 5, 5, True),
        ("equals", 5, None, False),
        ("notEquals", 5, None, False),
        ("notEquals", 5, 6, True),
        ("equals", None, None, True),
        ("notEquals", None, None, False),
        ("notEquals", None, 5, True),
        ("in", [4, 5], 5, True),
        ("notIn", [4, 5], 6, True),
        ("notIn", [4, 5], None, False),
        ("lessThan", 5, 4, True),
        ("lessThan", 5, 5, False),
        ("lessThanOrEqual", 5, 5, True),
        ("greaterThan", 5, 6, True),
        ("greaterThan", 5, 5, False),
        ("greaterThanOrEqual", 5, 4, False),
    ],
)
def test_operators_on_numbers_and_null(operator: str, value: Json, holding: object, holds: bool) -> None:
    row: Row = {"salary": holding}
    rule = Rule(record=(Condition("salary", operator, value),))
    assert allows(rule, Caller("u"), JOBS, row) is holds


def test_a_missing_context_value_makes_any_condition_false() -> None:
    for operator in ("equals", "notEquals"):
        rule = Rule(record=(Condition("createdBy", operator, "$activeTeamId"),))
        assert not allows(rule, Caller("u"), JOBS, job("a"))


def test_dates_compare_as_instants() -> None:
    rule = Rule(record=(Condition("createdAt", "equals", "2026-01-01T01:00:00+01:00"),))
    assert allows(rule, Caller("u"), JOBS, job("a"))


def test_roles_expand_along_the_hierarchy_and_pseudo_roles_need_no_organization() -> None:
    ladder = ("member", "admin", "owner")
    assert holds_role(("admin+",), Caller("u", roles=("owner",), hierarchy=ladder))
    assert not holds_role(("admin+",), Caller("u", roles=("member",), hierarchy=ladder))
    assert holds_role(("AUTHENTICATED",), Caller("u"))
    assert not holds_role(("AUTHENTICATED",), Caller())
    assert is_anonymous(Rule(any_of=(EVERYONE, Rule(("PUBLIC",))))) and not is_anonymous(EVERYONE)


def test_an_optional_owner_scope_shows_all_rows_to_privileged_roles_only() -> None:
    firewall = Firewall(organization="organizationId", owner="title", owner_optional=True)
    project = Project((DEPARTMENTS, replace(JOBS, firewall=firewall)))
    having = rows([job("a", title="max"), job("b", title="ann"), job("c", "B", title="ann")])
    assert ids(ask("max", "GET", "/jobs", having=having, in_=project)) == ["a"]
    assert ids(ask("ann", "GET", "/jobs", having=having, in_=project)) == ["a", "b"]


def test_routes_that_are_not_declared_do_not_exist() -> None:
    project = Project((replace(DEPARTMENTS, crud={"get": Operation(EVERYONE)}),))
    assert ask("ann", "GET", "/departments", in_=project).status == 404
    assert ask("ann", "PATCH", "/departments/x", {}, in_=project).status == 405
    assert code(ask("ann", "GET", "/nothing", in_=project)) == "ROUTE_NOT_FOUND"
    assert (
        ask("ann", "GET", "/departments/d1", having={"departments": [department("d1", "A")]}, in_=project).status == 200
    )
