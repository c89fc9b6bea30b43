"""Two organizations on one API: nothing of one can be read, changed or noticed from the other."""

import pytest

from http_suite.client import Team, call, data, get, made, refused, without_id
from lanes.lane import Lane

ROLES = ("owner", "admin", "member")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("verb", "body"), [("GET", None), ("PATCH", {"name": "taken"}), ("DELETE", None)])
def test_a_record_of_another_organization_answers_like_one_that_never_was(
    acme: Team, globex: Team, role: str, verb: str, body: dict[str, str] | None
) -> None:
    theirs = made(globex.owner, "/candidates", name="Ann", email="ann@globex.com", source="web")
    caller = getattr(acme, role)
    if role == "member" and verb != "GET":
        refused(call(caller, verb, f"/candidates/{theirs['id']}", body), 403, "ACCESS_ROLE_REQUIRED")
        return
    foreign = refused(call(caller, verb, f"/candidates/{theirs['id']}", body), 403, "FIREWALL_NOT_FOUND")
    absent = refused(call(caller, verb, "/candidates/cnd_absent", body), 403, "FIREWALL_NOT_FOUND")
    assert without_id(foreign) == without_id(absent)
    assert get(globex.owner, f"/candidates/{theirs['id']}").json() == theirs


@pytest.mark.parametrize("role", ROLES)
def test_lists_views_and_counts_hold_only_rows_of_the_active_organization(acme: Team, globex: Team, role: str) -> None:
    mine = made(acme.owner, "/candidates", name="Mine", email="mine@acme.com", source="web")
    made(globex.owner, "/candidates", name="Theirs", email="theirs@globex.com", source="web")
    caller = getattr(acme, role)
    listed = get(caller, "/candidates?count=true&limit=100")
    assert {row["organizationId"] for row in data(listed)} == {acme.id}
    assert mine["id"] in {row["id"] for row in data(listed)}
    assert int(listed.headers["x-total-count"]) == len(data(listed))
    names = {row["name"] for row in data(get(caller, "/candidates/views/directory?limit=100"))}
    assert "Mine" in names and "Theirs" not in names
    assert data(get(caller, "/candidates?search=theirs")) == []


@pytest.mark.parametrize(("verb", "body"), [("GET", None), ("PATCH", {"body": "taken"}), ("DELETE", None)])
def test_in_hide_mode_what_is_not_visible_does_not_exist(
    acme: Team, globex: Team, verb: str, body: dict[str, str] | None
) -> None:
    theirs = made(globex.owner, "/notes", body="secret")
    gone = made(acme.owner, "/notes", body="gone")
    assert call(acme.owner, "DELETE", f"/notes/{gone['id']}").status_code == 200
    answers = [
        refused(call(acme.owner, verb, f"/notes/{id}", body), 404, "NOT_FOUND")
        for id in (theirs["id"], gone["id"], "nts_absent")
    ]
    assert len({str(without_id(answer)) for answer in answers}) == 1


def test_batches_answer_for_foreign_ids_as_for_absent_ones(acme: Team, globex: Team) -> None:
    mine = made(acme.owner, "/candidates", name="Mine", email="m@acme.com", source="web")
    theirs = made(globex.owner, "/candidates", name="Theirs", email="t@globex.com", source="web")
    ids = [str(mine["id"]), str(theirs["id"]), "cnd_absent"]
    updated = call(acme.owner, "PATCH", "/candidates/batch", {"records": [{"id": id, "name": "Set"} for id in ids]})
    assert updated.status_code == 207
    body = updated.json()
    assert [row["id"] for row in body["success"]] == [mine["id"]]
    assert [(e["index"], e["error"]["code"]) for e in body["errors"]] == [
        (1, "FIREWALL_NOT_FOUND"),
        (2, "FIREWALL_NOT_FOUND"),
    ]
    removed = call_delete(acme, ids)
    assert removed["meta"] == {"total": 3, "succeeded": 1, "failed": 2, "atomic": False}
    assert get(globex.owner, f"/candidates/{theirs['id']}").json()["name"] == "Theirs"


def call_delete(team: Team, ids: list[str]) -> dict[str, object]:
    response = team.owner.client.request("DELETE", "/api/v1/candidates/batch", json={"ids": ids})
    assert response.status_code == 207, response.text
    answer = response.json()
    assert isinstance(answer, dict)
    return answer


def test_references_cannot_point_into_another_organization(acme: Team, globex: Team) -> None:
    theirs = made(globex.owner, "/departments", name="Foreign")
    body = {"title": "Engineer", "departmentId": theirs["id"]}
    foreign = refused(call(acme.owner, "POST", "/jobs", body), 400, "FK_NOT_FOUND")
    absent = refused(call(acme.owner, "POST", "/jobs", {**body, "departmentId": "dpr_absent"}), 400, "FK_NOT_FOUND")
    assert without_id(foreign) == without_id(absent)
    mine = made(acme.owner, "/jobs", title="Engineer")
    refused(call(acme.owner, "PATCH", f"/jobs/{mine['id']}", {"departmentId": theirs["id"]}), 400, "FK_NOT_FOUND")
    # The references map counts like Drizzle's own references.
    candidate = made(globex.owner, "/candidates", name="Ann", email="a@b.co", source="web")
    applied = {"jobId": mine["id"], "candidateId": candidate["id"]}
    refused(call(acme.owner, "POST", "/applications", applied), 400, "FK_NOT_FOUND")


def test_the_organization_of_a_record_cannot_be_chosen_or_changed(acme: Team, globex: Team) -> None:
    body = {"name": "Ann", "email": "a@b.co", "source": "web", "organizationId": globex.id}
    refused(call(acme.owner, "POST", "/candidates", body), 400, "GUARD_SYSTEM_MANAGED")
    mine = made(acme.owner, "/candidates", name="Ann", email="a@b.co", source="web")
    moved = call(acme.owner, "PATCH", f"/candidates/{mine['id']}", {"organizationId": globex.id})
    refused(moved, 400, "GUARD_SYSTEM_MANAGED")


def test_an_owner_scoped_table_shows_each_caller_only_their_own_rows(acme: Team) -> None:
    mine = made(acme.member, "/bookmarks", url="https://example.com")
    assert mine["ownerId"] == acme.member.user_id
    assert mine["id"] in {row["id"] for row in data(get(acme.member, "/bookmarks"))}
    assert data(get(acme.owner, "/bookmarks")) == []
    refused(get(acme.owner, f"/bookmarks/{mine['id']}"), 403, "FIREWALL_NOT_FOUND")


def test_an_optional_owner_scope_opens_to_the_bypass_roles_alone(acme: Team) -> None:
    mine = made(acme.member, "/notes", body="of a member", pinned="yes")
    others = made(acme.owner, "/notes", body="of the owner")
    assert {row["id"] for row in data(get(acme.member, "/notes"))} == {mine["id"]}
    refused(get(acme.member, f"/notes/{others['id']}"), 404, "NOT_FOUND")
    assert {mine["id"], others["id"]} <= {row["id"] for row in data(get(acme.owner, "/notes"))}


def test_soft_deleted_rows_are_gone_for_every_reader(acme: Team, lane: Lane) -> None:
    record = made(acme.owner, "/candidates", name="Gone", email="gone@acme.com", source="web")
    answer = call(acme.owner, "DELETE", f"/candidates/{record['id']}")
    assert (answer.status_code, answer.json()) == (200, {"success": True, "id": record["id"]})
    refused(get(acme.owner, f"/candidates/{record['id']}"), 403, "FIREWALL_NOT_FOUND")
    assert record["id"] not in {row["id"] for row in data(get(acme.owner, "/candidates?limit=100"))}
    [row] = lane.sql("DB", "select deleted_at, deleted_by from candidates where id = ?", record["id"])
    assert row["deleted_at"] and row["deleted_by"] == acme.owner.user_id
