"""Which fields a client may write, and which refusal wins."""

import pytest

from http_suite.client import Record, Team, call, get, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def candidate(acme: Team) -> Record:
    return made(acme.owner, "/candidates", name="Ann", email="ann@acme.com", source="web")


ON_CREATE = [
    ({"createdAt": "2026-01-01", "foo": 1}, "GUARD_SYSTEM_MANAGED", {"fields": ["createdAt"]}),
    ({"id": "cnd_1", "organizationId": "x"}, "GUARD_SYSTEM_MANAGED", {"fields": ["id", "organizationId"]}),
    ({"stage": "x", "foo": 1}, "GUARD_FIELD_PROTECTED", {"fields": ["stage"], "actions": ["promote"]}),
    ({"foo": 1, "bar": 2}, "GUARD_FIELD_NOT_CREATEABLE", {"fields": ["foo", "bar"]}),
    ({"__proto__x": 1, "constructor": 1}, "GUARD_FIELD_NOT_CREATEABLE", {"fields": ["__proto__x", "constructor"]}),
]
ON_UPDATE = [
    ({"modifiedBy": "x", "source": "y"}, "GUARD_SYSTEM_MANAGED", {"fields": ["modifiedBy"]}),
    ({"source": "y", "stage": "z"}, "GUARD_FIELD_IMMUTABLE", {"fields": ["source"]}),
    ({"stage": "z", "email": "a@b.co"}, "GUARD_FIELD_PROTECTED", {"fields": ["stage"], "actions": ["promote"]}),
    ({"email": "a@b.co"}, "GUARD_FIELD_NOT_UPDATABLE", {"fields": ["email"]}),
]


@pytest.mark.parametrize(("fields", "code", "details"), ON_CREATE)
def test_a_create_names_every_field_of_the_gravest_class(
    acme: Team, fields: dict[str, Json], code: str, details: dict[str, Json]
) -> None:
    body = {"name": "Ann", "email": "a@b.co", "source": "web", **fields}
    assert refused(call(acme.owner, "POST", "/candidates", body), 400, code)["details"] == details


@pytest.mark.parametrize(("fields", "code", "details"), ON_UPDATE)
def test_an_update_names_every_field_of_the_gravest_class(
    acme: Team, candidate: Record, fields: dict[str, Json], code: str, details: dict[str, Json]
) -> None:
    answer = refused(call(acme.owner, "PATCH", f"/candidates/{candidate['id']}", fields), 400, code)
    assert answer["details"] == details


def test_a_prototype_key_is_a_field_like_any_other(acme: Team) -> None:
    text = '{"name": "Ann", "email": "a@b.co", "source": "web", "__proto__": {"stage": "hired"}}'
    headers = {"content-type": "application/json"}
    response = acme.owner.client.post("/api/v1/candidates", content=text, headers=headers)
    assert refused(response, 400, "GUARD_FIELD_NOT_CREATEABLE")["details"] == {"fields": ["__proto__"]}


def test_guards_come_before_the_row_is_looked_for(acme: Team) -> None:
    refused(call(acme.owner, "PATCH", "/candidates/cnd_absent", {"stage": "x"}), 400, "GUARD_FIELD_PROTECTED")


def test_an_action_changes_what_is_protected(acme: Team, candidate: Record) -> None:
    answer = call(acme.admin, "POST", f"/candidates/{candidate['id']}/promote", {})
    assert answer.status_code == 200, answer.text
    assert answer.json()["stage"] == "promoted"


def test_the_server_alone_sets_audit_fields(acme: Team, lane: Lane) -> None:
    record = made(acme.owner, "/candidates", name="Ann", email="a@b.co", source="web")
    assert record["createdBy"] == record["modifiedBy"] == acme.owner.user_id
    assert record["createdAt"] == record["modifiedAt"] and str(record["createdAt"]).endswith("Z")
    changed = call(acme.admin, "PATCH", f"/candidates/{record['id']}", {"name": "Anna"}).json()
    assert (changed["createdBy"], changed["modifiedBy"]) == (acme.owner.user_id, acme.admin.user_id)
    assert changed["createdAt"] == record["createdAt"] <= changed["modifiedAt"]
    call(acme.admin, "DELETE", f"/candidates/{record['id']}")
    [row] = lane.sql("DB", "select * from candidates where id = ?", record["id"])
    assert row["deleted_by"] == row["modified_by"] == acme.admin.user_id
    assert row["deleted_at"] == row["modified_at"]


def test_an_empty_update_only_touches_the_time_of_change(acme: Team, candidate: Record) -> None:
    before = get(acme.owner, f"/candidates/{candidate['id']}").json()
    after = call(acme.owner, "PATCH", f"/candidates/{candidate['id']}", {}).json()
    same = {key: value for key, value in before.items() if not key.startswith("modified")}
    assert same == {key: value for key, value in after.items() if not key.startswith("modified")}


def test_without_guards_every_column_but_the_servers_own_is_open(acme: Team) -> None:
    record = made(acme.owner, "/bookmarks", url="https://example.com", weight=3)
    assert record["weight"] == 3
    unknown = call(acme.owner, "POST", "/bookmarks", {"url": "https://example.com", "colour": "red"})
    fields = refused(unknown, 400, "VALIDATION_FAILED")["details"]
    assert fields == {"fields": {"colour": "Unknown field"}}
    for name in ("id", "ownerId", "createdAt", "deletedBy"):
        refused(
            call(acme.owner, "POST", "/bookmarks", {"url": "https://e.com", name: "x"}), 400, "GUARD_SYSTEM_MANAGED"
        )
        refused(call(acme.owner, "PATCH", f"/bookmarks/{record['id']}", {name: "x"}), 400, "GUARD_SYSTEM_MANAGED")
