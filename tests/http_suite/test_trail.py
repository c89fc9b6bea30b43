"""What the trail says of calls that went well, were refused, and broke."""

import itertools

import pytest

from http_suite.apps import Apps
from http_suite.client import call, refused
from lanes.identities import Person, owner, sign_up, visitor
from lanes.lane import Lane

NUMBERS = itertools.count(1)


def last(lane: Lane, action: str) -> dict[str, object]:
    rows = lane.sql("AUDIT_DB", "select * from audit_events where action_name = ? order by rowid desc limit 1", action)
    return dict(rows[0])


def named(event: dict[str, object]) -> tuple[object, object, object]:
    return event["result"], event["error_code"], event["error_message"]


def test_a_call_that_went_well_has_no_error(lane: Lane) -> None:
    body = {"code": f"TR{next(NUMBERS)}", "name": "Trail"}
    assert call(visitor(lane.url), "POST", "/countries", body).status_code == 201
    event = last(lane, "create")
    assert named(event) == ("success", None, None)
    assert (event["target_scope"], event["target_org_id"], event["target_record_id"]) == (None, None, None)


def test_a_mistake_is_an_error_and_no_denial(lane: Lane) -> None:
    refused(call(visitor(lane.url), "POST", "/countries", {"code": 5}), 400, "VALIDATION_FAILED")
    assert named(last(lane, "create")) == ("error", "VALIDATION_FAILED", "Input validation failed")


def test_a_failure_of_ours_is_an_error_without_its_cause(lane: Lane) -> None:
    lane.sql("DB", "alter table countries rename to countries_lost")
    try:
        body = {"code": f"TR{next(NUMBERS)}", "name": "Trail"}
        refused(call(visitor(lane.url), "POST", "/countries", body), 500, "INTERNAL_ERROR")
    finally:
        lane.sql("DB", "alter table countries_lost rename to countries")
    assert named(last(lane, "create")) == ("error", "INTERNAL_ERROR", None)


def test_a_call_of_somebody_who_is_signed_in_counts_once(apps: Apps, kind: str) -> None:
    person = sign_up(apps.lane("limited", kind).url)
    statuses = [call(person, "POST", "/words", {"word": f"w{number}"}).status_code for number in range(6)]
    assert statuses == [201] * 5 + [429]


@pytest.fixture(scope="module")
def moderated(apps: Apps, kind: str) -> Lane:
    return apps.lane("limited", kind)


@pytest.fixture(scope="module")
def moderator(moderated: Lane) -> Person:
    """A platform admin, who has an organization, too."""
    person = owner(moderated.url)
    moderated.sql("AUTH_DB", "update user set role = 'admin' where id = ?", person.user_id)
    return person


@pytest.mark.parametrize(
    ("status", "result"),
    [(200, "success"), (302, "success"), (400, "error"), (401, "denied"), (403, "denied"), (404, "error")],
)
def test_what_a_handler_answers_counts_by_its_status(
    moderated: Lane, moderator: Person, status: int, result: str
) -> None:
    answer = call(moderator, "POST", "/words/review", {"status": status, "thrown": False})
    assert answer.status_code == status
    event = last(moderated, "review")
    assert named(event) == (result, None, None)
    assert (event["target_scope"], event["target_org_id"]) == ("organization", moderator.organization)


def test_what_a_handler_refuses_is_a_denial_too(moderated: Lane, moderator: Person) -> None:
    refused(call(moderator, "POST", "/words/review", {"status": 200, "thrown": True}), 403, "REVIEW_REFUSED")
    assert named(last(moderated, "review")) == ("denied", "REVIEW_REFUSED", "Refused")


def test_a_row_out_of_sight_or_in_another_state_is_a_denial_whatever_its_status(
    moderated: Lane, moderator: Person
) -> None:
    refused(call(moderator, "POST", "/words/absent/redact", {}), 404, "NOT_FOUND")
    event = last(moderated, "redact")
    assert named(event) == ("denied", "NOT_FOUND", "Not found")
    assert (event["target_scope"], event["target_org_id"]) == ("all", None)
    moderated.sql("DB", "insert into words (id, word) values ('kind', 'kind')")
    answer = call(moderator, "POST", "/words/kind/redact", {})
    refused(answer, 409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
    assert last(moderated, "redact")["result"] == "denied"


def test_somebody_who_is_signed_in_is_not_limited_like_strangers(moderated: Lane, moderator: Person) -> None:
    body = {"status": 200, "thrown": False}
    assert [call(moderator, "POST", "/words/review", body).status_code for _ in range(8)] == [200] * 8


def test_a_call_whose_end_cannot_be_written_down_is_refused(moderated: Lane, moderator: Person) -> None:
    trigger = "create trigger unended before update on audit_events begin select raise(abort, 'unended'); end"
    moderated.sql("AUDIT_DB", trigger)
    try:
        answer = call(moderator, "POST", "/words/review", {"status": 200, "thrown": False})
        refused(answer, 500, "ACCESS_AUDIT_LOG_FAILED")
    finally:
        moderated.sql("AUDIT_DB", "drop trigger unended")
    assert last(moderated, "review")["result"] == "started"
