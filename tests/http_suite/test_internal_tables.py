"""Tables without routes: what scopes them in actions, in references and in cascades."""

import pytest

from http_suite.apps import Apps
from http_suite.client import call, get, made, refused
from lanes.identities import sign_up
from lanes.lane import Lane


@pytest.fixture(scope="module")
def ledger(apps: Apps, kind: str) -> Lane:
    return apps.lane("ledger", kind)


def test_an_owner_column_scopes_a_table_without_routes(ledger: Lane) -> None:
    ann, bob = sign_up(ledger.url), sign_up(ledger.url)
    label = call(ann, "POST", "/payments/addLabel", {"name": "Rent"}).json()
    assert label["ownerId"] == ann.user_id
    assert [row["name"] for row in get(ann, "/payments/myLabels").json()] == ["Rent"]
    assert get(bob, "/payments/myLabels").json() == []


def test_a_reference_into_a_table_without_routes_is_checked_inside_its_scope(ledger: Lane) -> None:
    ann, bob = sign_up(ledger.url), sign_up(ledger.url)
    label = call(ann, "POST", "/payments/addLabel", {"name": "Food"}).json()
    payment = made(ann, "/payments", cents=100, labelId=label["id"])
    assert payment["labelId"] == label["id"]
    refused(call(bob, "POST", "/payments", {"cents": 100, "labelId": label["id"]}), 400, "FK_NOT_FOUND")
    refused(call(bob, "POST", "/payments", {"cents": 100, "labelId": "nothing"}), 400, "FK_NOT_FOUND")
    mine = made(bob, "/payments", cents=100)
    refused(call(bob, "PATCH", f"/payments/{mine['id']}", {"labelId": label["id"]}), 400, "FK_NOT_FOUND")


def test_rows_that_belong_to_nobody_can_be_referred_to_by_everybody(ledger: Lane) -> None:
    ann, bob = sign_up(ledger.url), sign_up(ledger.url)
    assert call(ann, "POST", "/payments/addCurrency", {"id": f"c-{ann.user_id}", "name": "Franc"}).status_code == 200
    assert made(bob, "/payments", cents=100, currencyId=f"c-{ann.user_id}")["currencyId"] == f"c-{ann.user_id}"


def test_an_action_cannot_refer_to_rows_outside_the_callers_scope(ledger: Lane) -> None:
    ann, bob = sign_up(ledger.url), sign_up(ledger.url)
    hers, his = made(ann, "/payments", cents=1), made(bob, "/payments", cents=1)
    attached = call(ann, "POST", f"/payments/{hers['id']}/attach", {"bytes": 10})
    assert attached.json()["paymentId"] == hers["id"]
    refused(call(bob, "POST", f"/payments/{his['id']}/attachTo", {"paymentId": hers["id"]}), 400, "FK_NOT_FOUND")
    refused(call(bob, "POST", f"/payments/{his['id']}/move", {"paymentId": hers["id"]}), 400, "FK_NOT_FOUND")
    assert len(get(ann, f"/payments/{hers['id']}/receipts").json()) == 1


def test_a_cascade_takes_along_what_the_caller_owns_of_such_a_table(ledger: Lane) -> None:
    ann = sign_up(ledger.url)
    payment = made(ann, "/payments", cents=1)
    receipt = call(ann, "POST", f"/payments/{payment['id']}/attach", {"bytes": 10}).json()
    assert call(ann, "DELETE", f"/payments/{payment['id']}").status_code == 200
    (row,) = ledger.sql("DB", "select deleted_at, deleted_by from receipts where id = ?", receipt["id"])
    assert row["deleted_by"] == ann.user_id and row["deleted_at"]
