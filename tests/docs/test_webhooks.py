"""The pages on webhooks, run: what is signed arrives once, what is not is refused, and what is sent can be verified."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from docs.booting import People, booted

SECRET = "a secret that both sides know"


def signed(body: str) -> str:
    return hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()


class Receiver(HTTPServer):
    """The other system: keeps what it got, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.got: list[tuple[str, str]] = []
        self.status = 500


class Answering(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((body, self.headers["X-Signature"]))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_an_inbound_event_is_kept_once_if_its_signature_fits(tmp_path: Path) -> None:
    with booted("stack/webhooks/inbound", tmp_path, {"PAYMENTS_SECRET": SECRET}) as lane:
        people = People(lane)
        body = json.dumps({"event": "evt_1", "invoice": "2026-7", "cents": 4200})
        for signature, status in [(signed(body), 200), (signed(body), 200), (signed(body + " "), 401), ("", 401)]:
            answer = people.client("nobody").post(
                "/api/v1/payments/paid", content=body, headers={"X-Signature": signature}
            )
            assert answer.status_code == status, answer.text
        kept = people.client("operator").get("/api/v1/payments").json()["data"]
        assert [(row["event"], row["cents"]) for row in kept] == [("evt_1", 4200)]
        trail = lane.sql("AUDIT_DB", "select result from audit_events order by created_at")
        assert [row["result"] for row in trail] == ["success", "success", "denied", "denied"]


def test_an_outbound_call_is_signed_and_may_be_repeated_until_it_arrives(tmp_path: Path) -> None:
    with receiver() as other:
        variables = {"WAREHOUSE_SECRET": SECRET, "WAREHOUSE_URL": f"http://127.0.0.1:{other.server_port}/orders"}
        with booted("stack/webhooks/outbound", tmp_path, variables) as lane:
            owner = People(lane).client("owner")
            order = owner.post("/api/v1/orders", json={"number": "A-1", "cents": 900}).json()["id"]
            tell = f"/api/v1/orders/{order}/tell"
            assert owner.post(tell, json={}).json()["told"] == "failed"
            other.status = 204
            assert owner.post(tell, json={}).json()["told"] == "yes"
            again = owner.post(tell, json={})
            assert (again.status_code, again.json()["code"]) == (409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
            assert other.got == [('{"order":"A-1","cents":900}', signed('{"order":"A-1","cents":900}'))] * 2
