"""Many records in one request: every item judged like a single call, atomic when asked."""

import pytest

from http_suite.client import Team, call, data, get, made, refused
from qb_compiler.model.literal import Json


def candidate(name: str, **more: Json) -> dict[str, Json]:
    return {"name": name, "email": f"{name.lower()}@acme.com", "source": "web", **more}


def delete(team: Team, path: str, **body: Json) -> dict[str, Json]:
    response = team.owner.client.request("DELETE", f"/api/v1{path}", json=body)
    answer = response.json()
    return {**answer, "status": response.status_code}


def test_a_whole_batch_is_created(acme: Team) -> None:
    answer = call(acme.owner, "POST", "/candidates/batch", {"records": [candidate("Ann"), candidate("Bea")]})
    assert answer.status_code == 201
    body = answer.json()
    assert [row["name"] for row in body["success"]] == ["Ann", "Bea"]
    assert body["errors"] == []
    assert body["meta"] == {"total": 2, "succeeded": 2, "failed": 0, "atomic": False}


def test_what_fails_is_reported_by_its_position(acme: Team) -> None:
    records = [candidate("Ok"), candidate("Bad", email="x"), candidate("Also", stage="hired"), 5, candidate("Fine")]
    answer = call(acme.owner, "POST", "/candidates/batch", {"records": records})
    assert answer.status_code == 207
    body = answer.json()
    assert [row["name"] for row in body["success"]] == ["Ok", "Fine"]
    assert [(error["index"], error["error"]["code"]) for error in body["errors"]] == [
        (1, "VALIDATION_FAILED"),
        (2, "GUARD_FIELD_PROTECTED"),
        (3, "VALIDATION_FAILED"),
    ]
    assert body["errors"][0]["record"] == records[1]
    assert body["meta"] == {"total": 5, "succeeded": 2, "failed": 3, "atomic": False}


def test_an_atomic_batch_writes_all_or_nothing(acme: Team) -> None:
    records = [candidate("Never"), candidate("Bad", email="x")]
    body = {"records": records, "options": {"atomic": True}}
    answer = refused(call(acme.owner, "POST", "/candidates/batch", body), 400, "BATCH_ATOMIC_FAILED")
    details = answer["details"]
    assert isinstance(details, dict) and details["failedAt"] == 1
    assert details["errorDetails"]["code"] == "VALIDATION_FAILED"
    assert data(get(acme.owner, "/candidates?name=Never")) == []
    good = call(acme.owner, "POST", "/candidates/batch", {**body, "records": records[:1]})
    assert good.status_code == 201 and good.json()["meta"]["atomic"] is True


def test_a_broken_constraint_in_an_atomic_batch_names_the_item_and_undoes_all(acme: Team) -> None:
    names = ["Batch A", "Batch B", "Batch C", "Batch B", "Batch D"]
    body = {"records": [{"name": name} for name in names], "options": {"atomic": True}}
    answer = refused(call(acme.owner, "POST", "/departments/batch", body), 400, "BATCH_ATOMIC_FAILED")
    details = answer["details"]
    assert isinstance(details, dict)
    assert (details["failedAt"], details["errorDetails"]["code"]) == (3, "UNIQUE_VIOLATION")
    assert data(get(acme.owner, "/departments?name.like=Batch&limit=100")) == []
    partly = call(acme.owner, "POST", "/departments/batch", {"records": body["records"]})
    assert partly.status_code == 207
    assert [(e["index"], e["error"]["code"]) for e in partly.json()["errors"]] == [(3, "UNIQUE_VIOLATION")]
    assert len(partly.json()["success"]) == 4


def test_an_atomic_update_with_one_invisible_row_changes_nothing(acme: Team, globex: Team) -> None:
    mine = made(acme.owner, "/candidates", **candidate("Mine"))
    theirs = made(globex.owner, "/candidates", **candidate("Theirs"))
    records = [{"id": mine["id"], "name": "Changed"}, {"id": theirs["id"], "name": "Changed"}]
    body = {"records": records, "options": {"atomic": True}}
    answer = refused(call(acme.owner, "PATCH", "/candidates/batch", body), 400, "BATCH_ATOMIC_FAILED")
    details = answer["details"]
    assert isinstance(details, dict)
    assert (details["failedAt"], details["errorDetails"]["code"]) == (1, "FIREWALL_NOT_FOUND")
    assert get(acme.owner, f"/candidates/{mine['id']}").json()["name"] == "Mine"


def test_one_row_twice_in_an_atomic_delete_undoes_all(acme: Team) -> None:
    record = made(acme.owner, "/candidates", **candidate("Twice"))
    answer = delete(acme, "/candidates/batch", ids=[record["id"], record["id"]], options={"atomic": True})
    assert (answer["status"], answer["code"]) == (400, "BATCH_ATOMIC_FAILED")
    assert get(acme.owner, f"/candidates/{record['id']}").status_code == 200
    partly = delete(acme, "/candidates/batch", ids=[record["id"], record["id"]])
    assert partly["meta"] == {"total": 2, "succeeded": 1, "failed": 1, "atomic": False}


def test_record_conditions_are_judged_for_each_item(acme: Team) -> None:
    own = call(acme.member, "POST", "/jobs", {"title": "x"})
    refused(own, 403, "ACCESS_ROLE_REQUIRED")
    theirs = made(acme.owner, "/jobs", title="Of the owner")
    body = {"records": [{"id": theirs["id"], "title": "Taken"}]}
    answer = call(acme.member, "PATCH", "/jobs/batch", body)
    assert answer.status_code == 207
    assert answer.json()["errors"][0]["error"]["code"] == "ACCESS_CONDITION_FAILED"
    opened = made(acme.owner, "/jobs", title="Opened")
    call(acme.owner, "POST", f"/jobs/{opened['id']}/open", {})
    removed = delete(acme, "/jobs/batch", ids=[theirs["id"], opened["id"]])
    assert removed["success"] == [{"id": theirs["id"]}]
    errors = removed["errors"]
    assert isinstance(errors, list) and errors[0]["error"]["code"] == "ACCESS_CONDITION_FAILED"
    assert errors[0]["id"] == opened["id"]


@pytest.mark.parametrize("body", [{}, {"records": []}, {"records": None}])
def test_an_empty_batch_does_nothing(acme: Team, body: dict[str, Json]) -> None:
    answer = call(acme.owner, "POST", "/candidates/batch", body)
    assert answer.status_code == 200
    meta = {"total": 0, "succeeded": 0, "failed": 0, "atomic": False}
    assert answer.json() == {"success": [], "errors": [], "meta": meta}


def test_a_batch_has_a_limit(acme: Team) -> None:
    answer = call(acme.owner, "POST", "/jobs/batch", {"records": [{"title": "Engineer"}] * 6})
    assert refused(answer, 400, "BATCH_SIZE_EXCEEDED")["details"] == {"max": 5, "actual": 6}
    many = call(acme.owner, "POST", "/candidates/batch", {"records": [candidate("A")] * 101})
    assert refused(many, 400, "BATCH_SIZE_EXCEEDED")["details"] == {"max": 100, "actual": 101}


def test_a_hundred_records_fit(acme: Team) -> None:
    answer = call(acme.owner, "POST", "/candidates/batch", {"records": [candidate(f"N{i}") for i in range(100)]})
    assert (answer.status_code, answer.json()["meta"]["succeeded"]) == (201, 100)
    ids = [row["id"] for row in answer.json()["success"]]
    assert len(set(ids)) == 100
    assert delete(acme, "/candidates/batch", ids=ids)["status"] == 200


def test_items_without_an_id_refuse_the_whole_request(acme: Team) -> None:
    records: list[Json] = [{"id": "x", "name": "A"}, {"name": "B"}, 5, {"id": 7}]
    answer = call(acme.owner, "PATCH", "/candidates/batch", {"records": records})
    assert refused(answer, 400, "BATCH_MISSING_IDS")["details"] == {"indices": [1, 2, 3]}
    answer2 = delete(acme, "/candidates/batch", ids=["x", None, 5])
    assert (answer2["code"], answer2["details"]) == ("BATCH_MISSING_IDS", {"indices": [1, 2]})


MALFORMED: list[tuple[dict[str, Json], str]] = [
    ({"records": "x"}, "records"),
    ({"records": [], "options": {"atomic": "yes"}}, "options.atomic"),
    ({"records": [], "options": {"fast": True}}, "options.fast"),
    ({"items": []}, "items"),
]


@pytest.mark.parametrize(("body", "name"), MALFORMED)
def test_a_malformed_batch_is_named(acme: Team, body: dict[str, Json], name: str) -> None:
    answer = refused(call(acme.owner, "POST", "/candidates/batch", body), 400, "VALIDATION_FAILED")
    details = answer["details"]
    assert isinstance(details, dict) and list(details["fields"]) == [name]


def test_the_role_of_the_batch_is_required_for_the_whole_request(acme: Team) -> None:
    refused(call(acme.member, "POST", "/departments/batch", {"records": []}), 403, "ACCESS_ROLE_REQUIRED")


def test_a_disabled_batch_is_no_id_of_a_record(acme: Team) -> None:
    response = acme.owner.client.request("DELETE", "/api/v1/bookmarks/batch", json={"ids": []})
    assert refused(response, 405, "METHOD_NOT_ALLOWED")["details"] == {"allowed": ["GET", "PATCH", "POST"]}
    assert response.headers["allow"] == "GET, PATCH, POST"
    refused(get(acme.owner, "/bookmarks/batch"), 403, "FIREWALL_NOT_FOUND")
    assert call(acme.owner, "PATCH", "/bookmarks/batch", {"records": []}).status_code == 200


def test_a_soft_delete_in_a_batch_cascades(acme: Team) -> None:
    parents = [made(acme.owner, "/departments", name=f"Doomed {n}") for n in range(2)]
    jobs = [made(acme.owner, "/jobs", title="Below", departmentId=parent["id"]) for parent in parents]
    answer = delete(acme, "/departments/batch", ids=[parent["id"] for parent in parents], options={"atomic": True})
    assert answer["status"] == 200
    for job in jobs:
        refused(get(acme.owner, f"/jobs/{job['id']}"), 403, "FIREWALL_NOT_FOUND")
