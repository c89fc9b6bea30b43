"""What a refusal carries besides its body, whoever refuses."""

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, get, refused
from lanes.identities import visitor
from lanes.lane import Lane


def test_only_a_limit_says_when_to_come_back_and_only_a_wrong_method_which_are_allowed(acme: Team, lane: Lane) -> None:
    sign_in = {"email": "nobody@example.com", "password": "wrong wrong"}
    for answer in (
        get(acme.owner, "/nothing"),
        get(acme.owner, "/jobs/nope"),
        call(acme.member, "POST", "/jobs", {}),
        visitor(lane.url).post("/auth/v1/sign-in/email", json=sign_in),
        httpx.get(f"{lane.url}/auth/v1/nowhere"),
    ):
        assert answer.status_code >= 400
        assert not {"retry-after", "allow"} & set(answer.headers)
        assert answer.headers["content-type"].startswith("application/json")
        assert int(answer.headers.get("content-length", len(answer.content))) == len(answer.content)


def test_an_endpoint_of_sign_in_that_is_not_there_is_a_route_that_is_not_there(lane: Lane) -> None:
    refusal = refused_by_sign_in(httpx.get(f"{lane.url}/auth/v1/nowhere"), 404)
    assert refusal["code"] == "ROUTE_NOT_FOUND"


def test_what_sign_in_does_not_find_keeps_its_code(acme: Team) -> None:
    body = {"organizationId": "org_unknown", "memberIdOrEmail": "nobody@example.com"}
    for path, sent in (
        ("organization/remove-member", body),
        ("organization/set-active", {"organizationId": "org_unknown"}),
    ):
        refusal = refused_by_sign_in(acme.admin.client.post(f"/auth/v1/{path}", json=sent))
        assert refusal["code"] not in {"ROUTE_NOT_FOUND", "AUTH_FAILED"}


def refused_by_sign_in(answer: httpx.Response, status: int | None = None) -> dict[str, object]:
    assert answer.status_code >= 400 and status in {None, answer.status_code}
    return dict(answer.json())


def test_a_write_with_a_cookie_has_no_other_type_even_without_a_body(acme: Team) -> None:
    client = acme.owner.client
    refused(client.delete("/api/v1/jobs/x", headers={"content-type": "text/plain"}), 415, "UNSUPPORTED_MEDIA_TYPE")
    refused(client.delete("/api/v1/jobs/x", headers={"content-type": "application/json"}), 403, "FIREWALL_NOT_FOUND")
    refused(client.delete("/api/v1/jobs/x"), 403, "FIREWALL_NOT_FOUND")


@pytest.mark.parametrize(("length", "status"), [(31, 503), (32, 200)])
def test_a_secret_has_thirty_two_characters(apps: Apps, kind: str, length: int, status: int) -> None:
    with apps.separate("hiring", kind, {"BETTER_AUTH_SECRET": "s3cr3t!?"[:8] * 3 + "x" * (length - 24)}) as lane:
        assert httpx.get(f"{lane.url}/health").status_code == status
