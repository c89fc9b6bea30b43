"""Creates, updates, deletes: validation, constraints, typed values, references, cascades."""

import pytest

from http_suite.client import Team, call, data, get, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json

INVALID: list[tuple[dict[str, Json], str]] = [
    ({"title": "ab"}, "title"),
    ({"title": "x" * 61}, "title"),
    ({"title": None}, "title"),
    ({"title": 5}, "title"),
    ({"openings": 0}, "openings"),
    ({"openings": 100}, "openings"),
    ({"openings": 1.5}, "openings"),
    ({"openings": "1"}, "openings"),
    ({"remote": 1}, "remote"),
    ({"remote": None}, "remote"),
    ({"closesAt": "tomorrow"}, "closesAt"),
    ({"closesAt": 1767225600000}, "closesAt"),
    ({"closesAt": "2026-02-30T00:00:00Z"}, "closesAt"),
    ({"closesAt": "2026-01-01T00:00:00"}, "closesAt"),
]


@pytest.mark.parametrize(("fields", "name"), INVALID)
def test_a_value_that_breaks_a_rule_is_named(acme: Team, fields: dict[str, Json], name: str) -> None:
    answer = refused(call(acme.owner, "POST", "/jobs", {"title": "Engineer", **fields}), 400, "VALIDATION_FAILED")
    details = answer["details"]
    assert isinstance(details, dict) and list(details["fields"]) == [name]


def test_a_required_field_must_be_there_and_all_mistakes_are_named_at_once(acme: Team) -> None:
    body = {"openings": 0, "remote": "no"}
    details = refused(call(acme.owner, "POST", "/jobs", body), 400, "VALIDATION_FAILED")["details"]
    assert isinstance(details, dict) and set(details["fields"]) == {"title", "openings", "remote"}


@pytest.mark.parametrize("email", ["x", "a b@c.de", "a@b"])
def test_an_email_rule_wants_an_address(acme: Team, email: str) -> None:
    body = {"name": "Ann", "email": email, "source": "web"}
    refused(call(acme.owner, "POST", "/candidates", body), 400, "VALIDATION_FAILED")


def test_a_pattern_and_a_url_are_held(acme: Team) -> None:
    body = {"name": "Ann", "email": "a@b.co", "source": "web", "phone": "call me"}
    refused(call(acme.owner, "POST", "/candidates", body), 400, "VALIDATION_FAILED")
    refused(call(acme.owner, "POST", "/bookmarks", {"url": "nope"}), 400, "VALIDATION_FAILED")


@pytest.mark.parametrize("text", ["{", "", "{'a': 1}", "[1", "nul"])
def test_a_body_that_is_no_json_is_said_to_be_none(acme: Team, text: str) -> None:
    headers = {"content-type": "application/json"}
    refused(acme.owner.client.post("/api/v1/jobs", content=text, headers=headers), 400, "INVALID_JSON")


@pytest.mark.parametrize("body", [[], "text", 5, True])
def test_a_body_that_is_no_object_is_invalid(acme: Team, body: Json) -> None:
    refused(acme.owner.client.post("/api/v1/jobs", json=body), 400, "VALIDATION_FAILED")


def test_a_body_beyond_the_limit_is_refused_unread(acme: Team) -> None:
    body = {"title": "x" * (1024 * 1024)}
    refused(call(acme.owner, "POST", "/jobs", body), 413, "PAYLOAD_TOO_LARGE")
    chunks = (b"x" * 65536 for _ in range(32))
    headers = {"content-type": "application/json"}
    refused(acme.owner.client.post("/api/v1/jobs", content=chunks, headers=headers), 413, "PAYLOAD_TOO_LARGE")


def test_typed_values_come_back_as_they_went_in(acme: Team) -> None:
    values: dict[str, Json] = {
        "title": "Ingénieur 🛠",
        "openings": 3,
        "remote": True,
        "closesAt": "2026-03-01T12:00:00.123+02:00",
        "details": {"skills": ["a", "b"]},
    }
    record = made(acme.owner, "/jobs", **values)
    assert record["closesAt"] == "2026-03-01T10:00:00.123Z"
    assert {key: record[key] for key in values if key != "closesAt"} == {
        key: value for key, value in values.items() if key != "closesAt"
    }
    assert record == {k: v for k, v in get(acme.owner, f"/jobs/{record['id']}").json().items() if "label" not in k}
    cleared = call(acme.owner, "PATCH", f"/jobs/{record['id']}", {"closesAt": None, "details": None}).json()
    assert (cleared["closesAt"], cleared["details"]) == (None, None)


def test_ids_carry_the_prefix_of_their_table(acme: Team) -> None:
    record = made(acme.owner, "/jobs", title="Engineer")
    prefix, _, rest = str(record["id"]).partition("_")
    assert prefix == "jbs" and len(rest) == 32 and int(rest, 16) >= 0


def test_a_duplicate_is_a_conflict_within_the_organization_only(acme: Team, globex: Team) -> None:
    made(acme.owner, "/departments", name="Unique")
    answer = refused(call(acme.owner, "POST", "/departments", {"name": "Unique"}), 409, "UNIQUE_VIOLATION")
    assert "name" in str(answer["details"])
    made(globex.owner, "/departments", name="Unique")


def test_a_deleted_row_frees_its_unique_value(acme: Team) -> None:
    first = made(acme.owner, "/departments", name="Reusable")
    call(acme.owner, "DELETE", f"/departments/{first['id']}")
    assert made(acme.owner, "/departments", name="Reusable")["id"] != first["id"]


def test_a_missing_value_that_no_client_may_give_is_a_refusal_not_a_failure(acme: Team) -> None:
    body = {"jobId": None}
    refused(call(acme.owner, "POST", "/applications", body), 400, "VALIDATION_FAILED")


def test_a_hard_delete_removes_the_row(acme: Team, lane: Lane) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    application = made(acme.owner, "/applications", jobId=job["id"])
    answer = call(acme.owner, "DELETE", f"/applications/{application['id']}")
    assert answer.json() == {"success": True, "id": application["id"]}
    assert lane.sql("DB", "select id from applications where id = ?", application["id"]) == []
    refused(call(acme.owner, "DELETE", f"/applications/{application['id']}"), 403, "FIREWALL_NOT_FOUND")


def test_a_soft_delete_takes_all_levels_below_it_and_nothing_else(acme: Team, lane: Lane) -> None:
    root = made(acme.owner, "/departments", name="Root")
    child = made(acme.owner, "/departments", name="Child", parentId=root["id"])
    grandchild = made(acme.owner, "/departments", name="Grandchild", parentId=child["id"])
    other = made(acme.owner, "/departments", name="Other")
    job = made(acme.owner, "/jobs", title="Below", departmentId=grandchild["id"])
    kept = made(acme.owner, "/jobs", title="Kept", departmentId=other["id"])
    application = made(acme.owner, "/applications", jobId=job["id"])
    call(acme.owner, "POST", f"/jobs/{job['id']}/rate-interview", {"score": 5})
    # A circle must not keep the cascade from ending.
    call(acme.owner, "PATCH", f"/departments/{root['id']}", {"parentId": grandchild["id"]})
    assert call(acme.owner, "DELETE", f"/departments/{root['id']}").status_code == 200
    for path in ("departments", "departments", "jobs"):
        for record in (root, child, grandchild) if path == "departments" else (job,):
            refused(get(acme.owner, f"/{path}/{record['id']}"), 403, "FIREWALL_NOT_FOUND")
    refused(get(acme.owner, f"/applications/{application['id']}"), 403, "FIREWALL_NOT_FOUND")
    [score] = lane.sql("DB", "select * from interview_scores where job_id = ?", job["id"])
    assert score["deleted_at"] and score["deleted_by"] == acme.owner.user_id
    times = {
        lane.sql("DB", f"select deleted_at from {table} where id = ?", record["id"])[0]["deleted_at"]
        for table, record in (
            ("departments", root),
            ("departments", grandchild),
            ("jobs", job),
            ("applications", application),
        )
    }
    assert len(times) == 1 and None not in times
    assert get(acme.owner, f"/jobs/{kept['id']}").status_code == 200
    assert get(acme.owner, f"/departments/{other['id']}").status_code == 200


def test_a_cascade_stays_inside_the_firewall_of_each_child(acme: Team, globex: Team, lane: Lane) -> None:
    department = made(acme.owner, "/departments", name="Shared by force")
    theirs = made(globex.owner, "/jobs", title="Theirs")
    lane.sql("DB", "update jobs set department_id = ? where id = ?", department["id"], theirs["id"])
    assert get(globex.owner, f"/jobs/{theirs['id']}").json()["department_label"] is None
    call(acme.owner, "DELETE", f"/departments/{department['id']}")
    assert get(globex.owner, f"/jobs/{theirs['id']}").status_code == 200


def test_an_unknown_id_in_a_create_or_update_of_a_reference_is_refused_in_batches_by_position(acme: Team) -> None:
    records = [{"title": "Good"}, {"title": "Bad", "departmentId": "dpr_absent"}, {"title": "Also good"}]
    answer = call(acme.owner, "POST", "/jobs/batch", {"records": records})
    assert answer.status_code == 207
    assert [(e["index"], e["error"]["code"]) for e in answer.json()["errors"]] == [(1, "FK_NOT_FOUND")]
    assert {"Good", "Also good"} <= {row["title"] for row in data(get(acme.owner, "/jobs?limit=50"))}
