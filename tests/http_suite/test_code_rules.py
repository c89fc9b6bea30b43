"""Rules, masks and values in the author's own code, on every verb and in batches."""

import pytest

from http_suite.apps import Apps
from http_suite.client import Record, Team, call, data, get, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("custom", kind)


@pytest.fixture(scope="module")
def low(acme: Team) -> Record:
    return made(acme.owner, "/secrets", kind="door", phrase="sesame", level=1)


@pytest.fixture(scope="module")
def high(acme: Team) -> Record:
    return made(acme.owner, "/secrets", kind="safe", phrase="sesame", level=8)


def delete(team: Team, who: str, ids: list[Json]) -> list[tuple[int, str]]:
    caller = getattr(team, who)
    response = caller.client.request("DELETE", "/api/v1/secrets/batch", json={"ids": ids})
    return [(error["index"], error["error"]["code"]) for error in response.json()["errors"]]


def test_a_rule_in_code_decides_about_creating_alone_and_in_batches(acme: Team) -> None:
    body: dict[str, Json] = {"kind": "door", "phrase": "x"}
    refused(call(acme.admin, "POST", "/secrets", body), 403, "ACCESS_CONDITION_FAILED")
    refused(call(acme.admin, "POST", "/secrets/batch", {"records": [body]}), 403, "ACCESS_CONDITION_FAILED")
    assert call(acme.owner, "POST", "/secrets/batch", {"records": [body]}).status_code == 201


@pytest.mark.parametrize(("verb", "body"), [("GET", None), ("PATCH", {"phrase": "x"}), ("DELETE", None)])
def test_in_hide_mode_the_code_of_get_decides_what_exists_for_every_verb(
    acme: Team, high: Record, verb: str, body: Json
) -> None:
    refused(call(acme.admin, verb, f"/secrets/{high['id']}", body), 404, "NOT_FOUND")
    assert get(acme.owner, f"/secrets/{high['id']}").status_code == 200


def test_batches_and_actions_hide_the_same_rows(acme: Team, low: Record, high: Record) -> None:
    records = [{"id": low["id"], "phrase": "new"}, {"id": high["id"], "phrase": "new"}]
    answer = call(acme.admin, "PATCH", "/secrets/batch", {"records": records}).json()
    assert [row["id"] for row in answer["success"]] == [low["id"]]
    assert [(e["index"], e["error"]["code"]) for e in answer["errors"]] == [(1, "NOT_FOUND")]
    assert delete(acme, "admin", [high["id"]]) == [(0, "NOT_FOUND")]
    refused(call(acme.admin, "POST", f"/secrets/{high['id']}/unlock", {"code": "1234"}), 404, "NOT_FOUND")
    assert get(acme.owner, f"/secrets/{high['id']}").json()["phrase"] == "sesame"


def test_a_readable_row_that_may_not_be_changed_says_so(acme: Team, low: Record) -> None:
    refused(call(acme.member, "PATCH", f"/secrets/{low['id']}", {"phrase": "x"}), 403, "ACCESS_CONDITION_FAILED")
    body = {"records": [{"id": low["id"], "phrase": "x"}]}
    [error] = call(acme.member, "PATCH", "/secrets/batch", body).json()["errors"]
    assert error["error"]["code"] == "ACCESS_CONDITION_FAILED"


def test_an_action_with_a_rule_in_code_is_refused_by_the_state_of_its_record(acme: Team, low: Record) -> None:
    path = f"/secrets/{low['id']}/unlock"
    assert call(acme.owner, "POST", path, {"code": "1234"}).json() == {"opened": 4}
    refused(call(acme.admin, "POST", path, {"code": "1234"}), 409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")


def test_an_admin_only_action_is_for_platform_admins(acme: Team, low: Record, lane: Lane) -> None:
    path = f"/secrets/{low['id']}/inspect"
    refused(call(acme.owner, "POST", path), 403, "ACCESS_ADMIN_REQUIRED")
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", acme.member.user_id)
    assert call(acme.member, "POST", path).json() == {"kind": "door"}
    lane.sql("AUTH_DB", "update user set role = 'user' where id = ?", acme.member.user_id)


def test_a_mask_of_the_authors_uses_what_stands_beside_it(acme: Team, low: Record) -> None:
    [row] = [row for row in data(get(acme.member, "/secrets")) if row["id"] == low["id"]]
    assert str(row["phrase"]).endswith(" letters")


def test_large_numbers_and_bytes_travel_as_text(acme: Team) -> None:
    sent: dict[str, Json] = {"serial": "9007199254740993123", "amount": "42", "picture": "AAECAw=="}
    record = made(acme.owner, "/secrets", kind="safe", phrase="x", **sent)
    assert {name: record[name] for name in sent} == sent
    again = get(acme.owner, f"/secrets/{record['id']}").json()
    assert {name: again[name] for name in sent} == sent
    for wrong in ({"amount": "-1"}, {"amount": "1.5"}, {"picture": "???"}, {"serial": "x"}):
        body = {"kind": "safe", "phrase": "x", **wrong}
        refused(call(acme.owner, "POST", "/secrets", body), 400, "VALIDATION_FAILED")


def test_raw_sql_in_an_expression_stays_inside_the_firewall(acme: Team, globex: Team) -> None:
    made(globex.owner, "/secrets", kind="door", phrase="a phrase of twenty-seven")
    lengths = get(acme.owner, "/secrets/lengths").json()["rows"]
    assert lengths and {"length": 24} not in lengths


def test_a_put_with_a_rule_in_code_asks_it_about_old_and_new_rows(apps: Apps, kind: str) -> None:
    team = Team.founded(apps.lane("mirror", kind).url, "Feeds")
    assert call(team.owner, "PUT", "/feeds/f1", {"url": "a"}).status_code == 201
    assert call(team.owner, "PUT", "/feeds/f1", {"url": "b"}).status_code == 200
    refused(call(team.admin, "PUT", "/feeds/f1", {"url": "c"}), 403, "ACCESS_CONDITION_FAILED")
    refused(call(team.admin, "PUT", "/feeds/f2", {"url": "c"}), 403, "ACCESS_CONDITION_FAILED")
    refused(call(team.owner, "PUT", "/feeds/f3", {"url": "c", "frozen": True}), 403, "ACCESS_CONDITION_FAILED")
    assert call(team.owner, "PATCH", "/feeds/f1", {"frozen": True}).status_code == 200
    records: list[Json] = [{"id": "f1", "url": "d"}, {"id": "f4", "url": "d"}, {"id": "f5", "url": "d", "frozen": True}]
    answer = call(team.owner, "PUT", "/feeds/batch", {"records": records}).json()
    assert [row["id"] for row in answer["success"]] == ["f4"]
    assert [(e["index"], e["error"]["code"]) for e in answer["errors"]] == [
        (0, "ACCESS_CONDITION_FAILED"),
        (2, "ACCESS_CONDITION_FAILED"),
    ]
