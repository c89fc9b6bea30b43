"""One test for each row of the OWASP API Security Top 10 (2023)."""

import itertools
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, get, made, refused
from lanes.identities import visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json

WRITES = ("POST", "PUT", "PATCH", "DELETE")


MOUNT = re.compile(r"/\*\* (/api/v1/\S+) \*/")
ROUTE = re.compile(r"^routes\.(get|post|put|patch|delete)\(\s*\"([^\"]+)\"", re.MULTILINE)


def routes(lane: Lane, apps: Apps, kind: str) -> list[tuple[str, str]]:
    """Every route that the compiled routers register, with ids filled in."""
    folder = apps.folder("hiring")
    found = []
    for module in sorted((folder / "src/features").rglob("*.routes.ts")):
        code = module.read_text(encoding="utf-8")
        for mounted, (verb, path) in itertools.product(MOUNT.findall(code), ROUTE.findall(code)):
            found.append((verb.upper(), f"{mounted}{path.rstrip('/')}".replace(":id", "some-id")))
    assert len(found) > 50
    return found


def test_api1_no_object_of_another_tenant_by_any_verb_or_reference(acme: Team, globex: Team) -> None:
    theirs = made(globex.owner, "/jobs", title="Theirs")
    for verb, path, body in (
        ("GET", "", None), ("PATCH", "", {"title": "Taken"}), ("DELETE", "", None), ("POST", "/open", {}),
        ("POST", "/close", None), ("POST", "/rate-interview", {"score": 1}),
    ):  # fmt: skip
        refused(call(acme.owner, verb, f"/jobs/{theirs['id']}{path}", body), 403, "FIREWALL_NOT_FOUND")
    refused(call(acme.owner, "POST", "/applications", {"jobId": theirs["id"]}), 400, "FK_NOT_FOUND")
    batch = call(acme.owner, "PATCH", "/jobs/batch", {"records": [{"id": theirs["id"], "title": "Taken"}]})
    assert batch.json()["errors"][0]["error"]["code"] == "FIREWALL_NOT_FOUND"
    assert get(globex.owner, f"/jobs/{theirs['id']}").json()["title"] == "Theirs"


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer forged"}, {"cookie": "better-auth.session_token=a.b"}]
)
def test_api2_no_route_answers_a_stranger_unless_it_is_public(
    lane: Lane, apps: Apps, kind: str, headers: dict[str, str]
) -> None:
    public = {("GET", "countries"), ("POST", "countries"), ("POST", "files")}
    client = visitor(lane.url)
    for verb, path in routes(lane, apps, kind):
        if (verb, path.split("/")[3]) in public and not path.endswith(("echo",)):
            continue
        refused(client.request(verb, path, json={}, headers=headers), 401, "AUTH_MISSING")


def test_api3_neither_mass_assignment_nor_projection_nor_ordering_reaches_a_protected_property(acme: Team) -> None:
    body = {"name": "Ann", "email": "ann@acme.com", "source": "web", "ssn": "123456789"}
    row = made(acme.owner, "/candidates", **body)
    refused(call(acme.owner, "PATCH", f"/candidates/{row['id']}", {"stage": "hired"}), 400, "GUARD_FIELD_PROTECTED")
    seen = get(acme.member, f"/candidates/{row['id']}?fields=ssn,email").json()
    assert seen == {"email": "a**@a***.com", "ssn": "*****6789"}
    refused(get(acme.member, "/candidates?sort=ssn"), 403, "ACCESS_FIELD_MASKED")


OVERSIZED: list[tuple[str, str, Json]] = [
    ("GET", "/jobs?limit=1000", None),
    ("GET", "/jobs?offset=99999999999", None),
    ("GET", "/jobs?title.in=" + ",".join("x" for _ in range(500)), None),
    ("GET", "/jobs?sort=" + ",".join(["title"] * 50), None),
]


@pytest.mark.parametrize(("verb", "path", "body"), OVERSIZED)
def test_api4_requests_beyond_a_cap_are_refused(acme: Team, verb: str, path: str, body: Json) -> None:
    refused(call(acme.owner, verb, path, body), 400, "QUERY_INVALID")


def test_api4_bodies_and_batches_beyond_a_cap_are_refused(acme: Team) -> None:
    refused(call(acme.owner, "POST", "/jobs", {"title": "x" * 2_000_000}), 413, "PAYLOAD_TOO_LARGE")
    refused(call(acme.owner, "POST", "/jobs/batch", {"records": [{}] * 6}), 400, "BATCH_SIZE_EXCEEDED")
    started = time.monotonic()
    pathological = "+" * 50_000 + "!"
    body = {"name": "Ann", "email": "a@b.co", "source": "web", "phone": pathological}
    refused(call(acme.owner, "POST", "/candidates", body), 400, "VALIDATION_FAILED")
    assert time.monotonic() - started < 5


def test_api5_functions_are_for_their_roles(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    for action in ("open", "close"):
        refused(call(acme.member, "POST", f"/jobs/{job['id']}/{action}", {}), 403, "ACCESS_ROLE_REQUIRED")
    refused(get(acme.member, "/jobs/reports/titles"), 403, "ACCESS_ROLE_REQUIRED")
    refused(call(acme.admin, "POST", "/jobs/purge"), 403, "ACCESS_ROLE_REQUIRED")
    refused(
        call(acme.owner, "POST", f"/jobs/{job['id']}/transfer", {"organizationId": "x"}),
        403,
        "ACCESS_CROSS_TENANT_FORBIDDEN",
    )


def test_api6_a_transition_cannot_be_replayed(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    assert call(acme.owner, "POST", f"/jobs/{job['id']}/open", {}).status_code == 200
    refused(call(acme.owner, "POST", f"/jobs/{job['id']}/open", {}), 409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
    record = made(acme.owner, "/candidates", name="Once", email="o@acme.com", source="web")

    def delete(_: int) -> int:
        return call(acme.owner, "DELETE", f"/candidates/{record['id']}").status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(delete, range(4))) == [200, 403, 403, 403]


def test_api7_no_address_that_a_client_sends_is_ever_fetched(acme: Team, apps: Apps) -> None:
    row = made(acme.owner, "/bookmarks", url="http://169.254.169.254/latest/meta-data")
    assert row["url"] == "http://169.254.169.254/latest/meta-data"
    modules = [path.read_text(encoding="utf-8") for path in Path(apps.folder("hiring") / "src").rglob("*.ts")]
    assert not any(" fetch(" in text or "=fetch(" in text for text in modules)


def test_api8_headers_errors_and_cross_origin_rules_are_fixed(lane: Lane) -> None:
    answer = httpx.get(f"{lane.url}/api/v1/jobs", headers={"origin": "https://evil.example.com"})
    refused(answer, 401, "AUTH_MISSING")
    assert "access-control-allow-origin" not in answer.headers
    assert {"server", "x-powered-by"}.isdisjoint(answer.headers)
    assert answer.headers["cache-control"] == "no-store"
    assert httpx.request("TRACE", f"{lane.url}/api/v1/jobs").status_code >= 400


def test_api9_what_is_documented_is_what_is_served(apps: Apps, lane: Lane, kind: str) -> None:
    document = json.loads((apps.folder("hiring") / "openapi.json").read_text(encoding="utf-8"))
    documented = {
        (verb.upper(), path.replace("{id}", ":id"))
        for path, item in document["paths"].items()
        for verb in item
        if path.startswith("/api/v1/") and verb in {"get", "post", "put", "patch", "delete"}
    }
    served = {(verb, path.replace("some-id", ":id")) for verb, path in routes(lane, apps, kind)} | {
        ("GET", "/api/v1/schema"),
        ("POST", "/api/v1/token"),
    }
    assert documented == served
    unlisted = itertools.product(("GET", *WRITES), ("/api/v1/admin", "/api/v1/jobs/x/nothing", "/debug"))
    for verb, path in unlisted:
        refused(httpx.request(verb, f"{lane.url}{path}"), 404, "ROUTE_NOT_FOUND")


def test_api10_what_comes_from_elsewhere_is_validated_like_any_client(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer")
    for score in ("5", 5.5, -1, None, [5], {"$gt": 0}):
        answer = call(acme.owner, "POST", f"/jobs/{job['id']}/rate-interview", {"score": score})
        refused(answer, 400, "VALIDATION_FAILED")
