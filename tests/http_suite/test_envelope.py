"""What surrounds every request: one shape of errors, headers, CORS, CSRF, configuration, limits."""

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, get, made, refused
from lanes.identities import visitor
from lanes.lane import Lane

SECURITY = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "geolocation=(), microphone=(), camera=()",
}
APP = "https://app.example.com"


@pytest.mark.parametrize("path", ["/health", "/api/v1/jobs", "/nowhere", "/auth/v1/get-session", "/auth/v1/nowhere"])
def test_every_answer_carries_the_security_headers_and_a_request_id(lane: Lane, path: str) -> None:
    answer = httpx.get(f"{lane.url}{path}")
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    assert len(answer.headers["x-request-id"]) == 36


def test_a_callers_request_id_is_kept_when_it_is_harmless(lane: Lane) -> None:
    assert httpx.get(f"{lane.url}/health", headers={"x-request-id": "abc-1_2"}).headers["x-request-id"] == "abc-1_2"
    for bad in ("a b", "x" * 65, "a;b"):
        answer = httpx.get(f"{lane.url}/health", headers={"x-request-id": bad})
        assert answer.headers["x-request-id"] != bad


def test_health_says_ok(lane: Lane) -> None:
    assert httpx.get(f"{lane.url}/health").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/v1", "/api/v1/nothing", "/api/v1/jobs/", "/api/v1/jobs/a/b/c", "/api/v2/jobs"]
)
def test_an_unknown_path_is_404_in_our_shape(lane: Lane, path: str) -> None:
    refused(httpx.get(f"{lane.url}{path}"), 404, "ROUTE_NOT_FOUND")


@pytest.mark.parametrize(
    ("verb", "path", "allowed"),
    [
        ("PUT", "/api/v1/jobs", "GET, POST"),
        ("POST", "/api/v1/jobs/x", "DELETE, GET, PATCH"),
        ("DELETE", "/health", "GET"),
        ("GET", "/api/v1/jobs/x/open", "POST"),
    ],
)
def test_a_method_that_a_path_does_not_have_is_405(lane: Lane, verb: str, path: str, allowed: str) -> None:
    answer = httpx.request(verb, f"{lane.url}{path}")
    refused(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == allowed


def test_a_refusal_of_better_auth_has_our_shape_and_keeps_its_message(lane: Lane) -> None:
    body = {"email": "nobody@example.com", "password": "wrong wrong"}
    answer = visitor(lane.url).post("/auth/v1/sign-in/email", json=body)
    assert answer.status_code == 401
    found = answer.json()
    assert {"error", "layer", "code", "hint", "requestId", "message"} == set(found)
    assert found["layer"] == "authentication" and found["message"] == found["error"]


def test_trusted_pages_may_call_with_cookies_and_others_may_not(lane: Lane) -> None:
    headers = {
        "origin": APP,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "content-type",
    }
    preflight = httpx.options(f"{lane.url}/api/v1/jobs", headers=headers)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == APP
    assert preflight.headers["access-control-allow-credentials"] == "true"
    assert "PATCH" in preflight.headers["access-control-allow-methods"]
    evil = httpx.options(f"{lane.url}/api/v1/jobs", headers={**headers, "origin": "https://evil.example.com"})
    assert "access-control-allow-origin" not in evil.headers
    seen = httpx.get(f"{lane.url}/health", headers={"origin": APP})
    assert "x-total-count" in seen.headers["access-control-expose-headers"].lower()


def test_a_write_with_a_cookie_needs_a_trusted_origin_and_json(acme: Team, lane: Lane) -> None:
    cookies = dict(acme.owner.client.cookies)
    url = f"{lane.url}/api/v1/jobs"
    body = {"title": "Engineer"}
    refused(httpx.post(url, json=body, cookies=cookies), 403, "ORIGIN_NOT_TRUSTED")
    for origin in ("https://evil.example.com", "null", f"{APP}.evil.com", "http://app.example.com"):
        refused(httpx.post(url, json=body, cookies=cookies, headers={"origin": origin}), 403, "ORIGIN_NOT_TRUSTED")
    trusted = {"origin": APP}
    assert httpx.post(url, json=body, cookies=cookies, headers=trusted).status_code == 201
    refused(httpx.post(url, data={"title": "x"}, cookies=cookies, headers=trusted), 415, "UNSUPPORTED_MEDIA_TYPE")
    text = httpx.post(url, content='{"title": "Engineer"}', cookies=cookies, headers=trusted)
    refused(text, 415, "UNSUPPORTED_MEDIA_TYPE")
    assert httpx.get(url, cookies=cookies).status_code == 200


def test_a_bearer_token_works_without_cookie_and_without_origin(acme: Team, lane: Lane) -> None:
    token = acme.owner.client.cookies["better-auth.session_token"]
    raw = token.partition(".")[0]
    url = f"{lane.url}/api/v1/jobs"
    for value in (token, raw):
        headers = {"authorization": f"Bearer {value}"}
        assert httpx.get(url, headers=headers).status_code == 200
        assert httpx.post(url, json={"title": "Engineer"}, headers=headers).status_code == 201


@pytest.mark.parametrize("token", ["x", "a.b", "eyJhbGciOiJub25lIn0.e30.", "%00", "x" * 5000])
def test_a_forged_token_is_nobodys(lane: Lane, token: str) -> None:
    refused(httpx.get(f"{lane.url}/api/v1/jobs", headers={"authorization": f"Bearer {token}"}), 401, "AUTH_MISSING")


def test_a_cookie_with_a_changed_signature_is_nobodys(acme: Team, lane: Lane) -> None:
    cookie = acme.owner.client.cookies["better-auth.session_token"]
    token, _, signature = cookie.partition(".")
    forged = [token, f"{token}.", f"{token}.{'A' * 43}%3D", f"x{token}.{signature}", f"{token}.{signature[:-6]}AAAA%3D"]
    for value in forged:
        answer = httpx.get(f"{lane.url}/api/v1/jobs", headers={"cookie": f"better-auth.session_token={value}"})
        refused(answer, 401, "AUTH_MISSING")


def test_the_schema_is_for_those_who_are_signed_in(acme: Team, lane: Lane) -> None:
    refused(get(visitor(lane.url), "/schema"), 401, "AUTH_MISSING")
    assert {"jobs", "candidates"} <= set(get(acme.member, "/schema").json()["tables"])


def logged(lane: Lane, text: str) -> bool:
    """Whether the Worker's log holds the text; it comes through a pipe, so it may come a little later."""
    return any(text in lane.log for _ in range(100) if httpx.get(f"{lane.url}/health"))


def test_a_failure_of_ours_tells_the_client_nothing_but_a_number(acme: Team, lane: Lane) -> None:
    lane.sql("DB", "alter table countries rename to countries_away")
    try:
        answer = refused(get(visitor(lane.url), "/countries"), 500, "INTERNAL_ERROR")
        assert "countries" not in str(answer)
        assert logged(lane, str(answer["requestId"]))
    finally:
        lane.sql("DB", "alter table countries_away rename to countries")


def test_a_head_request_answers_like_get_without_a_body(acme: Team) -> None:
    answer = acme.owner.client.head("/api/v1/jobs")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("secret", ["", "short", "replace-me-with-a-random-secret-of-32-characters"])
def test_a_weak_secret_stops_the_worker(apps: Apps, kind: str, secret: str) -> None:
    with apps.separate("hiring", kind, {"BETTER_AUTH_SECRET": secret}) as lane:
        for path in ("/health", "/api/v1/jobs", "/auth/v1/get-session"):
            refused(httpx.get(f"{lane.url}{path}"), 503, "MISSING_ENV")


def test_public_routes_are_limited_by_address(apps: Apps, kind: str) -> None:
    lane = apps.lane("limited", kind)

    def status(address: str) -> int:
        return httpx.get(f"{lane.url}/api/v1/words", headers={"cf-connecting-ip": address}).status_code

    assert [status("203.0.113.1") for _ in range(6)] == [200, 200, 200, 200, 200, 429]
    assert status("203.0.113.2") == 200
    assert [status(f"2001:db8:0:1::{n}") for n in range(6)] == [200, 200, 200, 200, 200, 429]
    assert status("2001:db8:0:2::1") == 200
    limited = httpx.get(f"{lane.url}/api/v1/words", headers={"cf-connecting-ip": "203.0.113.1"})
    refused(limited, 429, "RATE_LIMITED")
    assert limited.headers["retry-after"] == "60"


def test_deep_json_is_refused_instead_of_failing(acme: Team) -> None:
    deep = '{"title": "Engineer", "details": ' + "[" * 5000 + "]" * 5000 + "}"
    headers = {"content-type": "application/json"}
    answer = acme.owner.client.post("/api/v1/jobs", content=deep, headers=headers)
    refused(answer, 400, "VALIDATION_FAILED")
    assert made(acme.owner, "/jobs", title="Engineer", details={"skills": ["a"]})["details"] == {"skills": ["a"]}


def test_a_request_without_any_rights_learns_nothing_about_routes_below(lane: Lane) -> None:
    refused(call(visitor(lane.url), "GET", "/jobs/anything"), 401, "AUTH_MISSING")
