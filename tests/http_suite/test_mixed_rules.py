"""Rules that mix data with the author's functions, at any depth: both parts decide, on every verb and in batches."""

import pytest

from http_suite.apps import Apps
from http_suite.client import Record, Team, call, get, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("custom", kind)


def key(team: Team, **values: Json) -> Record:
    return made(team.owner, "/door-keys", **{"label": "front", **values})


def test_either_branch_of_an_or_lets_in_data_or_code(acme: Team) -> None:
    body: Json = {"label": "front"}
    assert call(acme.owner, "POST", "/door-keys", body).status_code == 201
    assert call(acme.admin, "POST", "/door-keys", body).status_code == 201
    refused(call(acme.member, "POST", "/door-keys", body), 403, "ACCESS_CONDITION_FAILED")
    refused(call(acme.member, "POST", "/door-keys/batch", {"records": [body]}), 403, "ACCESS_CONDITION_FAILED")


def test_code_in_a_branch_sees_the_row(acme: Team) -> None:
    few, many = key(acme, copies=2), key(acme, copies=4)
    assert get(acme.member, f"/door-keys/{few['id']}").status_code == 200
    refused(get(acme.member, f"/door-keys/{many['id']}"), 403, "ACCESS_CONDITION_FAILED")
    assert get(acme.owner, f"/door-keys/{many['id']}").status_code == 200


def test_conditions_and_code_must_hold_together_in_an_and(acme: Team) -> None:
    mine, locked = key(acme, holder=acme.member.user_id), key(acme, holder=acme.member.user_id, label="locked")
    theirs = key(acme, holder=acme.admin.user_id)
    assert call(acme.member, "PATCH", f"/door-keys/{mine['id']}", {"copies": 2}).status_code == 200
    for other in (locked, theirs):
        refused(call(acme.member, "PATCH", f"/door-keys/{other['id']}", {"copies": 2}), 403, "ACCESS_CONDITION_FAILED")
    records: list[Json] = [{"id": record["id"], "copies": 3} for record in (mine, locked, theirs)]
    answer = call(acme.member, "PATCH", "/door-keys/batch", {"records": records}).json()
    assert [row["id"] for row in answer["success"]] == [mine["id"]]
    assert [error["error"]["code"] for error in answer["errors"]] == ["ACCESS_CONDITION_FAILED"] * 2


def test_roles_beside_an_or_bind_its_branches(acme: Team) -> None:
    empty, old, used = key(acme, copies=0), key(acme, label="old gate"), key(acme)
    refused(call(acme.member, "DELETE", f"/door-keys/{old['id']}"), 403, "ACCESS_ROLE_REQUIRED")
    refused(call(acme.admin, "DELETE", f"/door-keys/{used['id']}"), 403, "ACCESS_CONDITION_FAILED")
    assert call(acme.admin, "DELETE", f"/door-keys/{empty['id']}").status_code == 200
    answer = call(acme.admin, "DELETE", "/door-keys/batch", {"ids": [old["id"], used["id"]]}).json()
    assert answer["success"] == [{"id": old["id"]}]
    assert [error["index"] for error in answer["errors"]] == [1]


def test_actions_ask_branches_in_code_with_and_without_a_record(acme: Team) -> None:
    mine, worn = key(acme, holder=acme.member.user_id), key(acme, holder=acme.member.user_id, label="worn")
    assert call(acme.member, "POST", f"/door-keys/{mine['id']}/copy").json()["copies"] == 2
    refused(call(acme.member, "POST", f"/door-keys/{worn['id']}/copy"), 409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
    refused(call(acme.admin, "POST", f"/door-keys/{mine['id']}/copy"), 409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
    assert call(acme.owner, "POST", f"/door-keys/{worn['id']}/copy").status_code == 200
    assert get(acme.owner, "/door-keys/audit").status_code == 200
    refused(get(acme.member, "/door-keys/audit"), 403, "ACCESS_CONDITION_FAILED")
