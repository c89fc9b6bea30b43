"""Actions: the order of their checks, their input, what their database reaches, and the trail of those beyond."""

import json

from http_suite.apps import Apps
from http_suite.client import Team, call, data, get, made, refused
from lanes.identities import sign_up, visitor
from lanes.lane import Lane


def test_a_record_action_changes_its_row_and_answers_with_the_masked_record(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer", salaryMin=5)
    answer = call(acme.admin, "POST", f"/jobs/{job['id']}/open", {"openings": 4})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["status"], body["openings"], body["salaryMin"]) == ("open", 4, "[REDACTED]")
    assert body["modifiedBy"] == acme.admin.user_id


def test_the_steps_come_in_order(acme: Team, globex: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    path = f"/jobs/{job['id']}/open"
    refused(call(acme.member, "POST", path, {"openings": "x"}), 403, "ACCESS_ROLE_REQUIRED")
    refused(call(globex.owner, "POST", path, {"openings": "x"}), 400, "VALIDATION_FAILED")
    refused(call(globex.owner, "POST", path, {}), 403, "FIREWALL_NOT_FOUND")
    assert call(acme.owner, "POST", path, {}).status_code == 200
    refused(call(acme.owner, "POST", path, {}), 409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")


def test_input_is_validated(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    answer = call(acme.owner, "POST", f"/jobs/{job['id']}/rate-interview", {"score": 11})
    details = refused(answer, 400, "VALIDATION_FAILED")["details"]
    assert isinstance(details, dict) and list(details["fields"]) == ["score"]
    refused(get(acme.owner, "/jobs/applicants"), 400, "VALIDATION_FAILED")
    headers = {"content-type": "application/json"}
    text = acme.owner.client.post(f"/api/v1/jobs/{job['id']}/rate-interview", content="{", headers=headers)
    refused(text, 400, "INVALID_JSON")


def test_a_handler_module_is_carried_over_with_what_it_imports(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    answer = call(acme.owner, "POST", f"/jobs/{job['id']}/close")
    assert answer.json() == {"note": "Engineer is closed", "by": acme.owner.user_id}
    refused(call(acme.owner, "POST", f"/jobs/{job['id']}/close"), 409, "ALREADY_CLOSED")


def test_an_action_may_refuse_in_its_own_words(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    answer = refused(call(acme.member, "POST", f"/jobs/{job['id']}/refuse"), 422, "NOT_TODAY")
    assert (answer["error"], answer["layer"], answer["details"]) == ("Not today", "action", {"title": "Engineer"})


def test_internal_tables_are_scoped_and_stamped(acme: Team, globex: Team, lane: Lane) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    for expected in (1, 2):
        answer = call(acme.member, "POST", f"/jobs/{job['id']}/rate-interview", {"score": 7})
        assert answer.json() == {"total": expected}
    rows = lane.sql("DB", "select * from interview_scores where job_id = ?", job["id"])
    assert {(row["organization_id"], row["created_by"]) for row in rows} == {(acme.id, acme.member.user_id)}


def test_joined_tables_are_held_inside_the_firewall(acme: Team, globex: Team, lane: Lane) -> None:
    mine = made(acme.owner, "/jobs", title="Joined")
    theirs = made(globex.owner, "/jobs", title="Foreign")
    made(acme.owner, "/applications", jobId=mine["id"], stage="joined")
    strange = made(globex.owner, "/applications", jobId=theirs["id"], stage="joined")
    # Even a row that points across tenants by force joins nothing.
    lane.sql("DB", "update applications set job_id = ? where id = ?", mine["id"], strange["id"])
    assert get(acme.member, "/jobs/applicants?stage=joined").json() == {
        "rows": [{"title": "Joined", "stage": "joined"}]
    }
    assert get(globex.owner, "/jobs/applicants?stage=joined").json() == {"rows": []}


def test_an_action_cannot_write_into_another_organization(acme: Team, globex: Team) -> None:
    theirs = made(globex.owner, "/jobs", title="Theirs")
    body = {"id": theirs["id"], "title": "Stolen"}
    assert call(acme.owner, "POST", "/jobs/steal", body).json() == {"changed": 0}
    assert get(globex.owner, f"/jobs/{theirs['id']}").json()["title"] == "Theirs"


def test_a_file_is_passed_through_with_our_headers(acme: Team) -> None:
    made(acme.owner, "/jobs", title="In the file")
    answer = get(acme.owner, "/jobs/reports/titles")
    assert answer.headers["content-type"] == "text/csv" and "In the file" in answer.text.split("\n")
    assert answer.headers["x-frame-options"] == "DENY" and answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "cookie, authorization" in answer.headers["vary"].lower()
    refused(get(acme.admin, "/jobs/reports/titles"), 403, "ACCESS_ROLE_REQUIRED")


def test_an_unsafe_action_gets_the_whole_database_and_nothing_else_does(acme: Team, globex: Team) -> None:
    made(acme.owner, "/jobs", title="One")
    made(globex.owner, "/jobs", title="Two")
    answer = call(acme.owner, "POST", "/jobs/purge").json()
    assert answer["all"] > len(data(get(acme.owner, "/jobs?limit=50")))


def test_actions_without_a_table_live_under_their_feature(acme: Team, lane: Lane) -> None:
    answer = call(acme.member, "POST", "/files/echo", {"text": "hello"})
    assert answer.json() == {"text": "hello", "caller": acme.member.user_id}
    assert call(visitor(lane.url), "POST", "/files/ping", {}).json() == {"pong": True}
    refused(get(acme.member, "/files/echo"), 405, "METHOD_NOT_ALLOWED")


def test_a_call_without_a_body_has_an_empty_input_however_it_is_said(acme: Team) -> None:
    for content in (None, b"", iter([b""]), b"{}"):
        job = made(acme.owner, "/jobs", title="Engineer")
        headers = {"content-type": "application/json"}
        answer = acme.owner.client.post(f"/api/v1/jobs/{job['id']}/open", headers=headers, content=content)
        assert (answer.status_code, answer.json()["status"]) == (200, "open")


def test_a_head_request_has_the_input_of_a_get(acme: Team) -> None:
    assert acme.owner.client.head("/api/v1/jobs/applicants?stage=applied").status_code == 200
    assert acme.owner.client.head("/api/v1/jobs/applicants").status_code == 400


def audit(lane: Lane, action: str) -> list[dict[str, object]]:
    rows = lane.sql("AUDIT_DB", "select * from audit_events where action_name = ? order by created_at", action)
    return [dict(row) for row in rows]


def test_a_cross_tenant_action_is_for_platform_admins_and_leaves_a_trail(acme: Team, globex: Team, lane: Lane) -> None:
    job = made(globex.owner, "/jobs", title="Misplaced")
    path, body = f"/jobs/{job['id']}/transfer", {"organizationId": acme.id}
    before = len(audit(lane, "transfer"))
    refused(call(visitor(lane.url), "POST", path, body), 401, "AUTH_MISSING")
    refused(call(acme.owner, "POST", path, body), 403, "ACCESS_CROSS_TENANT_FORBIDDEN")
    admin = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", admin.user_id)
    assert call(admin, "POST", path, body).json() == {"moved": job["id"]}
    refused(call(admin, "POST", "/jobs/jbs_absent/transfer", body), 403, "FIREWALL_NOT_FOUND")
    assert get(acme.owner, f"/jobs/{job['id']}").status_code == 200
    events = audit(lane, "transfer")[before:]
    assert [event["result"] for event in events] == ["denied", "denied", "success", "denied"]
    assert [event["actor_user_id"] for event in events] == [None, acme.owner.user_id, admin.user_id, admin.user_id]
    assert {event["unsafe_reason"] for event in events} == {"Support moves misplaced jobs"}
    assert {event["target_record_id"] for event in events} == {job["id"], "jbs_absent"}
    assert events[1]["error_code"] == "ACCESS_CROSS_TENANT_FORBIDDEN"
    assert json.loads(str(events[2]["metadata"]))["status"] == 200


def test_writes_without_a_sign_in_are_audited(lane: Lane) -> None:
    before = len(audit(lane, "create"))
    stranger = visitor(lane.url)
    assert call(stranger, "POST", "/countries", {"code": "AUD", "name": "Audited"}).status_code == 201
    refused(call(stranger, "POST", "/countries", {"code": "AUD", "name": "Twice"}), 409, "UNIQUE_VIOLATION")
    events = audit(lane, "create")[before:]
    assert [event["result"] for event in events] == ["success", "error"]
    assert events[1]["error_code"] == "UNIQUE_VIOLATION"


def test_strangers_cannot_fill_the_trail(apps: Apps, kind: str) -> None:
    limited = apps.lane("limited", kind)
    stranger = visitor(limited.url)
    statuses = [call(stranger, "POST", "/words", {"word": "spam"}).status_code for _ in range(8)]
    assert statuses == [201] * 5 + [429] * 3
    address = f'%"{stranger.headers["cf-connecting-ip"]}"%'
    assert len(limited.sql("AUDIT_DB", "select id from audit_events where metadata like ?", address)) == 5


def test_without_its_trail_an_audited_call_is_not_executed(lane: Lane) -> None:
    lane.sql("AUDIT_DB", "alter table audit_events rename to audit_events_away")
    try:
        answer = call(visitor(lane.url), "POST", "/countries", {"code": "NOLOG", "name": "Unlogged"})
        refused(answer, 500, "ACCESS_AUDIT_LOG_FAILED")
        assert lane.sql("DB", "select id from countries where code = 'NOLOG'") == []
    finally:
        lane.sql("AUDIT_DB", "alter table audit_events_away rename to audit_events")
