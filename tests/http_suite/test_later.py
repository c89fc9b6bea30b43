"""A project in the style of later versions behaves as one in the usual style: scopes, unique, views and transitions."""

import pytest

from http_suite.apps import Apps
from http_suite.client import Record, Team, call, data, get, made, refused
from lanes.lane import Lane

NOT_IN_STATE = "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE"


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("later", kind)


@pytest.fixture
def review(acme: Team, request: pytest.FixtureRequest) -> Record:
    return made(acme.owner, "/reviews", title=request.node.name[-20:], notes="private")


def test_a_scope_of_q_is_the_firewall(acme: Team, globex: Team, review: Record) -> None:
    assert get(acme.member, f"/reviews/{review['id']}").json()["organizationId"] == acme.id
    refused(get(globex.owner, f"/reviews/{review['id']}"), 404, "NOT_FOUND")
    refused(call(globex.owner, "POST", f"/reviews/{review['id']}/publish"), 404, "NOT_FOUND")
    assert review["id"] not in {row["id"] for row in data(get(globex.owner, "/reviews"))}


def test_columns_of_q_are_validated(acme: Team) -> None:
    for body in ({"title": "x" * 21}, {"site": "https://example.com"}, {"title": "a", "site": "no address"}):
        refused(call(acme.owner, "POST", "/reviews", dict(body)), 400, "VALIDATION_FAILED")
    refused(call(acme.owner, "POST", "/reviews", {"title": "a", "stage": "done"}), 400, "GUARD_FIELD_PROTECTED")


def test_unique_holds_inside_an_organization(acme: Team, globex: Team) -> None:
    made(acme.owner, "/reviews", title="Only once")
    refused(call(acme.owner, "POST", "/reviews", {"title": "Only once"}), 409, "UNIQUE_VIOLATION")
    made(globex.owner, "/reviews", title="Only once")


def test_one_rule_of_read_is_for_list_get_and_views(acme: Team, review: Record) -> None:
    assert get(acme.member, f"/reviews/{review['id']}").json()["notes"] == "[REDACTED]"
    assert set(data(get(acme.member, "/reviews/views/titles"))[0]) == {"id", "title"}
    refused(get(acme.member, "/reviews/views/all"), 403, "ACCESS_ROLE_REQUIRED")
    assert {"id": review["id"], "notes": "private"} in data(get(acme.owner, "/reviews/views/all"))


def test_an_action_is_held_to_its_transition(acme: Team, review: Record) -> None:
    path = f"/reviews/{review['id']}"
    refused(call(acme.owner, "POST", f"{path}/finish"), 409, NOT_IN_STATE)
    refused(call(acme.member, "POST", f"{path}/publish"), 403, "ACCESS_ROLE_REQUIRED")
    assert call(acme.admin, "POST", f"{path}/publish").json() == {"changed": 1}
    refused(call(acme.admin, "POST", f"{path}/publish"), 409, NOT_IN_STATE)
    assert get(acme.owner, path).json()["stage"] == "open"


def test_a_transition_beside_a_rule_in_code_needs_both(acme: Team, review: Record) -> None:
    path = f"/reviews/{review['id']}"
    refused(call(acme.owner, "POST", f"{path}/finish"), 409, NOT_IN_STATE)
    assert call(acme.owner, "POST", f"{path}/publish").status_code == 200
    assert call(acme.admin, "POST", f"{path}/finish").status_code in {403, 409}
    assert get(acme.owner, path).json()["stage"] == "open"
    assert call(acme.owner, "POST", f"{path}/finish").json() == {"done": True}
    assert get(acme.owner, path).json()["stage"] == "done"


STEPS = [("draft", "open"), ("open", "draft"), ("open", "done")]
STAGES = ("draft", "open", "done")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("target", STAGES)
def test_a_target_that_the_input_names_must_be_a_step_from_the_state(
    acme: Team, lane: Lane, review: Record, stage: str, target: str
) -> None:
    lane.sql("DB", "update reviews set stage = ? where id = ?", stage, review["id"])
    answer = call(acme.admin, "POST", f"/reviews/{review['id']}/move", {"next": target})
    if (stage, target) in STEPS:
        assert answer.json() == {"changed": 1}
    else:
        body = refused(answer, 409, NOT_IN_STATE)
        assert body.get("details") in (None, {"field": "stage", "target": target})
    reached = target if (stage, target) in STEPS else stage
    assert get(acme.owner, f"/reviews/{review['id']}").json()["stage"] == reached


def test_the_state_is_compared_after_everything_else(acme: Team, globex: Team, lane: Lane, review: Record) -> None:
    path, wrong = f"/reviews/{review['id']}/move", {"next": "done"}
    refused(call(acme.member, "POST", path, wrong), 403, "ACCESS_ROLE_REQUIRED")
    for body in ({}, {"next": None}, {"next": 5}, {"next": ["open"]}, {"next": "constructor"}, {"next": ""}):
        refused(call(acme.owner, "POST", path, dict(body)), 400, "VALIDATION_FAILED")
    refused(call(globex.owner, "POST", path, wrong), 404, "NOT_FOUND")
    lane.sql("DB", "update reviews set notes = 'frozen' where id = ?", review["id"])
    assert "details" not in refused(call(acme.owner, "POST", path, {"next": "open"}), 409, NOT_IN_STATE)
