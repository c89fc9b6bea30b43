"""Everybody's own money, written from the documentation alone: owner scope, actions, batches, restoring."""

from pathlib import Path

from docs.asking import app, ask, rows
from lanes.identities import sign_up, visitor


def test_a_purse_is_its_owners_alone(tmp_path: Path) -> None:
    with app("purse", tmp_path) as lane:
        ada, bob, nobody = sign_up(lane.url).client, sign_up(lane.url).client, visitor(lane.url)
        cash = ask(ada, "POST /accounts", {"name": "Cash", "iban": "DE89370400440532013000"}, answer=201, cents=0)
        bank = ask(ada, "POST /accounts", {"name": "Bank"}, answer=201)
        foreign = ask(bob, "POST /accounts", {"name": "Bob"}, answer=201)
        ask(ada, "POST /accounts", {"name": "X", "iban": "nope"}, answer=400, code="VALIDATION_FAILED")
        ask(ada, "POST /accounts", {"name": "X", "cents": 5}, answer=400, code="GUARD_FIELD_PROTECTED")
        ask(ada, "POST /accounts", {"name": "X", "ownerId": "me"}, answer=400, code="GUARD_SYSTEM_MANAGED")
        ask(bob, f"GET /accounts/{cash['id']}", answer=404, code="NOT_FOUND")
        ask(nobody, "GET /accounts", answer=401, code="AUTH_MISSING")
        # unique for each person; references only to own rows
        food = ask(ada, "POST /categories", {"label": "Food"}, answer=201)
        ask(ada, "POST /categories", {"label": "Food"}, answer=409, code="UNIQUE_VIOLATION")
        ask(bob, "POST /categories", {"label": "Food"}, answer=201)
        booking = {"accountId": cash["id"], "categoryId": food["id"], "cents": -250, "on": "2026-11-02T10:00:00Z"}
        lunch = ask(ada, "POST /transactions", {**booking, "receipt": {"shop": "Deli", "items": ["soup"]}}, answer=201)
        assert lunch["receipt"] == {"shop": "Deli", "items": ["soup"]}
        ask(ada, "POST /transactions", {**booking, "accountId": foreign["id"]}, answer=400, code="FK_NOT_FOUND")
        many = [{**booking, "on": f"2026-11-{day:02}T00:00:00Z"} for day in range(3, 25)]
        ask(ada, "POST /transactions/batch", {"records": many, "options": {"atomic": True}}, answer=201)
        found = rows(ada, "/transactions?on.gte=2026-11-10&on.lt=2026-11-12&sort=-on&fields=on,cents")
        assert [row["on"] for row in found] == ["2026-11-11T00:00:00.000Z", "2026-11-10T00:00:00.000Z"]
        # actions
        at = f"/accounts/{cash['id']}"
        ask(ada, f"POST {at}/deposit", {"cents": 1000}, answer=200, cents=1000)
        ask(ada, f"POST {at}/deposit", {"cents": -5}, answer=400, code="VALIDATION_FAILED")
        ask(ada, f"POST {at}/transfer", {"to": foreign["id"], "cents": 5}, answer=404, code="ACCOUNT_UNKNOWN")
        short = ask(ada, f"POST {at}/transfer", {"to": bank["id"], "cents": 5000}, answer=409, code="FUNDS_MISSING")
        assert short["details"] == {"missing": 4000}
        ask(ada, f"POST {at}/transfer", {"to": bank["id"], "cents": 1000}, answer=200, to=1000)
        ask(bob, f"POST {at}/transfer", {"to": foreign["id"], "cents": 1}, answer=404, code="NOT_FOUND")
        ask(ada, f"POST /accounts/{bank['id']}/close", {}, answer=409)
        ask(ada, f"POST {at}/close", {}, answer=200, closed=True)
        ask(ada, f"PATCH {at}", {"name": "x"}, answer=403, code="ACCESS_CONDITION_FAILED")
        month = ask(ada, "GET /accounts/month?month=2026-11", answer=200, currency="EUR")
        assert {"kind": "out", "cents": -250 * 23} in list(month["sums"] or [])  # type: ignore[arg-type]
        assert len(ada.get("/api/v1/accounts/export-csv").text.splitlines()) == 26
        # an internal table is the owner's, too
        ask(ada, "POST /accounts/tag", {"transaction": lunch["id"], "tag": "work"}, answer=200, tags=1)
        ask(bob, "POST /accounts/tag", {"transaction": lunch["id"], "tag": "work"}, answer=404, code="BOOKING_UNKNOWN")
        # deleting takes what hangs on it; restoring brings the row back for its owner
        ask(ada, f"DELETE /categories/{food['id']}", answer=200)
        ask(ada, f"GET /transactions/{lunch['id']}", answer=404)
        assert lane.sql("DB", "select count(*) as n from tags where deleted_at is not null") == [{"n": 1}]
        ask(bob, "POST /categories/restore", {"id": food["id"]}, answer=200, restored=0)
        ask(ada, "POST /categories/restore", {"id": food["id"]}, answer=200, restored=1)
        ask(ada, f"GET /categories/{food['id']}", answer=200)
        # a tree inside a table
        goal = ask(ada, "POST /goals", {"title": "Bike", "target": 90000}, answer=201)
        root = ask(ada, "POST /steps", {"goalId": goal["id"], "what": "save"}, answer=201)
        leaf = ask(ada, "POST /steps", {"goalId": goal["id"], "what": "less", "parentId": root["id"]}, answer=201)
        ask(ada, f"DELETE /steps/{root['id']}", answer=200)
        ask(ada, f"GET /steps/{leaf['id']}", answer=403, code="FIREWALL_NOT_FOUND")
        assert nobody.get("/openapi.json").status_code == 404
