"""PUT: create or replace by an id that the client brings, in an organization that keeps its own."""

import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, data, get, refused, without_id
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("mirror", kind)


def product(sku: str, **more: Json) -> dict[str, Json]:
    return {"sku": sku, "name": f"Product {sku}", **more}


def test_a_first_put_creates_and_a_second_replaces(acme: Team) -> None:
    body = product("A1", price="12.5", weight=1.5, stock=3, seenAt="2026-01-01T00:00:00.000Z")
    created = call(acme.owner, "PUT", "/products/ext-1", body)
    assert created.status_code == 201, created.text
    record = created.json()
    assert record["id"] == "ext-1" and record["organizationId"] == acme.id
    assert {key: record[key] for key in body} == body
    replaced = call(acme.admin, "PUT", "/products/ext-1", product("A1", id="ext-1"))
    assert replaced.status_code == 200, replaced.text
    new = replaced.json()
    # Replaced whole: what the request left out is as in a new record.
    assert (new["price"], new["weight"], new["stock"], new["seenAt"]) == (None, None, 0, None)
    assert (new["createdBy"], new["modifiedBy"]) == (acme.owner.user_id, acme.admin.user_id)
    assert new["createdAt"] == record["createdAt"]


def test_a_batch_that_is_not_offered_writes_no_record_of_that_name(acme: Team) -> None:
    answer = call(acme.owner, "PATCH", "/feeds/batch", {"records": []})
    assert (refused(answer, 405, "METHOD_NOT_ALLOWED")["layer"], answer.headers["allow"]) == ("routing", "GET, PUT")
    assert call(acme.owner, "PUT", "/feeds/batch", {"records": []}).status_code == 200


def test_the_id_of_the_body_must_be_the_urls(acme: Team) -> None:
    details = refused(call(acme.owner, "PUT", "/products/ext-2", product("B", id="x")), 400, "VALIDATION_FAILED")
    assert list(details["details"]["fields"]) == ["id"]  # type: ignore[call-overload, index]


@pytest.mark.parametrize("fields", [{"createdAt": "x"}, {"organizationId": "x"}, {"deletedBy": None}])
def test_the_servers_fields_stay_the_servers(acme: Team, fields: dict[str, Json]) -> None:
    refused(call(acme.owner, "PUT", "/products/ext-3", {**product("C"), **fields}), 400, "GUARD_SYSTEM_MANAGED")


def test_unknown_and_missing_fields_are_named(acme: Team) -> None:
    answer = refused(
        call(acme.owner, "PUT", "/products/ext-3", {"sku": "C", "colour": "red"}), 400, "VALIDATION_FAILED"
    )
    details = answer["details"]
    assert isinstance(details, dict) and set(details["fields"]) == {"name", "colour"}


def test_an_id_of_another_organization_answers_like_one_that_is_not_visible(acme: Team, globex: Team) -> None:
    assert call(globex.owner, "PUT", "/products/theirs", product("T")).status_code == 201
    foreign = refused(call(acme.owner, "PUT", "/products/theirs", product("T")), 403, "FIREWALL_NOT_FOUND")
    assert call(acme.owner, "PUT", "/products/gone", product("G")).status_code == 201
    assert call(acme.owner, "DELETE", "/products/gone").status_code == 200
    gone = refused(call(acme.owner, "PUT", "/products/gone", product("G")), 403, "FIREWALL_NOT_FOUND")
    assert without_id(foreign) == without_id(gone)
    assert get(globex.owner, "/products/theirs").json()["organizationId"] == globex.id


def test_a_record_condition_holds_for_replacing_and_for_creating(acme: Team) -> None:
    assert call(acme.owner, "PUT", "/products/locked", product("L")).status_code == 201
    assert call(acme.owner, "PATCH", "/products/locked", {"locked": True}).status_code == 200
    refused(call(acme.owner, "PUT", "/products/locked", product("L")), 403, "ACCESS_CONDITION_FAILED")
    refused(call(acme.owner, "PUT", "/products/born-locked", product("M", locked=True)), 403, "ACCESS_CONDITION_FAILED")
    refused(call(acme.member, "PUT", "/products/locked", product("L")), 403, "ACCESS_ROLE_REQUIRED")


def test_an_id_is_chosen_once_and_never_changed(acme: Team) -> None:
    created = call(acme.owner, "POST", "/products", product("N", id="chosen"))
    assert (created.status_code, created.json()["id"]) == (201, "chosen")
    refused(call(acme.owner, "POST", "/products", product("N2", id="chosen")), 409, "UNIQUE_VIOLATION")
    refused(call(acme.owner, "POST", "/products", product("N3")), 400, "VALIDATION_FAILED")
    refused(call(acme.owner, "PATCH", "/products/chosen", {"id": "other"}), 400, "GUARD_FIELD_IMMUTABLE")


def test_a_batch_of_puts_creates_and_replaces(acme: Team, globex: Team) -> None:
    call(globex.owner, "PUT", "/products/batch-theirs", product("X"))
    call(acme.owner, "PUT", "/products/batch-known", product("K1"))
    records = [product("K2", id="batch-known"), product("K3", id="batch-new"), product("K4", id="batch-theirs")]
    answer = call(acme.owner, "PUT", "/products/batch", {"records": records})
    assert answer.status_code == 207, answer.text
    body = answer.json()
    assert [(row["id"], row["sku"]) for row in body["success"]] == [("batch-known", "K2"), ("batch-new", "K3")]
    assert [(e["index"], e["error"]["code"]) for e in body["errors"]] == [(2, "FIREWALL_NOT_FOUND")]
    good = call(acme.owner, "PUT", "/products/batch", {"records": records[:2], "options": {"atomic": True}})
    assert (good.status_code, good.json()["meta"]["atomic"]) == (200, True)
    bad = [product("K5", id="batch-5"), product("K2", id="batch-6")]
    failed = call(acme.owner, "PUT", "/products/batch", {"records": bad, "options": {"atomic": True}})
    details = refused(failed, 400, "BATCH_ATOMIC_FAILED")["details"]
    assert isinstance(details, dict) and (details["failedAt"], details["errorDetails"]["code"]) == (
        1,
        "UNIQUE_VIOLATION",
    )
    refused(get(acme.owner, "/products/batch-5"), 403, "FIREWALL_NOT_FOUND")


def test_decimals_are_text_and_compare_as_numbers(acme: Team) -> None:
    for index, price in enumerate(("9.90", "10", 100)):
        assert call(acme.owner, "PUT", f"/products/price-{index}", product(f"P{index}", price=price)).status_code == 201
    found = data(get(acme.owner, "/products?price.gte=10&sku.like=P&sort=price&order=asc"))
    assert [row["sku"] for row in found] == ["P1", "P2"]
    refused(get(acme.owner, "/products?price=ten"), 400, "QUERY_INVALID")
    refused(call(acme.owner, "PATCH", "/products/price-0", {"price": "1,5"}), 400, "VALIDATION_FAILED")
