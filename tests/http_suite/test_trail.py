"""What the trail says of calls that went well, were refused, and broke."""

import itertools

from http_suite.apps import Apps
from http_suite.client import call, refused
from lanes.identities import sign_up, visitor
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
