"""API keys: `x-api-key` is its owner in the organization that the key was made for, or nobody."""

from dataclasses import dataclass

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, data, get, made, refused
from http_suite.tokens import bearer, claims_of, minted
from lanes.identities import Person, colleague, visitor
from lanes.lane import Lane


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("plugged", kind)


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    client: httpx.Client


def with_key(lane: Lane, key: str) -> httpx.Client:
    """A client that has a key and nothing else: no cookie, no origin."""
    client = visitor(lane.url)
    del client.headers["origin"]
    client.headers["x-api-key"] = key
    return client


def created(lane: Lane, owner: Person, organization: str | None, **options: int) -> Key:
    body = {"name": "script", "metadata": {"organizationId": organization}, **options}
    answer = owner.client.post("/auth/v1/api-key/create", json=body)
    assert answer.status_code == 200, answer.text
    return Key(answer.json()["id"], with_key(lane, answer.json()["key"]))


def changed(lane: Lane, key: Key, column: str, value: int | str | None) -> None:
    lane.sql("AUTH_DB", f"update apikey set {column} = ? where id = ?", value, key.id)


def test_a_key_is_its_owner_in_its_organization(acme: Team, globex: Team, lane: Lane) -> None:
    own, foreign = made(acme.owner, "/notes", body="own"), made(globex.owner, "/notes", body="foreign")
    key = created(lane, acme.owner, acme.id)
    seen = {row["id"] for row in data(get(key.client, "/notes"))}
    assert own["id"] in seen and foreign["id"] not in seen
    refused(get(key.client, f"/notes/{foreign['id']}"), 403, "FIREWALL_NOT_FOUND")


def test_a_write_with_a_key_needs_no_origin(acme: Team, lane: Lane) -> None:
    answer = call(created(lane, acme.owner, acme.id).client, "POST", "/notes", {"body": "by key"})
    assert answer.status_code == 201 and answer.json()["createdBy"] == acme.owner.user_id
    assert "set-auth-token" not in answer.headers


def test_a_key_has_the_role_that_its_owner_has_now(acme: Team, lane: Lane) -> None:
    person = colleague(acme.owner, "member")
    key = created(lane, person, acme.id)
    refused(call(key.client, "POST", "/notes", {"body": "no"}), 403, "ACCESS_ROLE_REQUIRED")
    lane.sql("AUTH_DB", "update member set role = 'admin' where user_id = ?", person.user_id)
    assert call(key.client, "POST", "/notes", {"body": "yes"}).status_code == 201
    removal = {"memberIdOrEmail": person.email, "organizationId": acme.id}
    assert acme.owner.client.post("/auth/v1/organization/remove-member", json=removal).status_code == 200
    refused(get(key.client, "/notes"), 403, "ACCESS_NO_ORG")


@pytest.mark.parametrize("which", ["another's", "none", "unknown"])
def test_a_key_for_an_organization_that_its_owner_is_not_in_has_none(
    acme: Team, globex: Team, lane: Lane, which: str
) -> None:
    organization = {"another's": globex.id, "none": None, "unknown": "org_unknown"}[which]
    refused(get(created(lane, acme.owner, organization).client, "/notes"), 403, "ACCESS_NO_ORG")


@pytest.mark.parametrize("bad", ["nonsense", "", "x" * 64, "' or 1=1 --"])
def test_a_bad_key_is_refused_even_beside_a_good_cookie(acme: Team, lane: Lane, bad: str) -> None:
    assert get(acme.owner, "/notes").status_code == 200
    refused(call(acme.owner, "GET", "/notes", None, x_api_key=bad), 401, "AUTH_INVALID_TOKEN")
    token = bearer(lane.url, minted(acme.owner))
    refused(call(token, "GET", "/notes", None, x_api_key=bad), 401, "AUTH_INVALID_TOKEN")
    refused(call(acme.owner, "POST", "/token", {}, x_api_key=bad), 401, "AUTH_INVALID_TOKEN")


def test_a_key_counts_before_cookie_and_token(acme: Team, globex: Team, lane: Lane) -> None:
    theirs = made(globex.owner, "/notes", body="of the key")
    key = created(lane, globex.owner, globex.id).client.headers["x-api-key"]
    for person in (acme.owner, bearer(lane.url, minted(acme.owner))):
        rows = data(call(person, "GET", "/notes", None, x_api_key=key))
        assert theirs["id"] in {row["id"] for row in rows}


def test_an_expired_key_says_so(acme: Team, lane: Lane) -> None:
    key = created(lane, acme.owner, acme.id, expiresIn=24 * 3600)
    assert get(key.client, "/notes").status_code == 200
    changed(lane, key, "expires_at", 1)
    refused(get(key.client, "/notes"), 401, "AUTH_EXPIRED")


def test_a_disabled_or_deleted_key_is_none(acme: Team, lane: Lane) -> None:
    key = created(lane, acme.owner, acme.id)
    changed(lane, key, "enabled", 0)
    refused(get(key.client, "/notes"), 401, "AUTH_INVALID_TOKEN")
    changed(lane, key, "enabled", 1)
    assert get(key.client, "/notes").status_code == 200
    deleted = acme.owner.client.post("/auth/v1/api-key/delete", json={"keyId": key.id})
    assert deleted.status_code == 200
    refused(get(key.client, "/notes"), 401, "AUTH_INVALID_TOKEN")


def test_a_key_of_somebody_who_is_gone_is_none(acme: Team, lane: Lane) -> None:
    person = colleague(acme.owner, "member")
    key = created(lane, person, acme.id)
    lane.sql("AUTH_DB", "delete from user where id = ?", person.user_id)
    refused(get(key.client, "/notes"), 401, "AUTH_INVALID_TOKEN")


def test_too_many_calls_with_a_key_are_refused(acme: Team, lane: Lane) -> None:
    key = created(lane, acme.owner, acme.id)
    changed(lane, key, "rate_limit_max", 2)
    assert [get(key.client, "/notes").status_code for _ in range(3)] == [200, 200, 429]
    answer = get(key.client, "/notes")
    refused(answer, 429, "RATE_LIMITED")
    assert int(answer.headers["retry-after"]) > 0


def test_a_key_that_is_used_up_is_refused_like_one_that_is_used_too_often(acme: Team, lane: Lane) -> None:
    key = created(lane, acme.owner, acme.id)
    changed(lane, key, "remaining", 1)
    assert get(key.client, "/notes").status_code == 200
    refused(get(key.client, "/notes"), 429, "RATE_LIMITED")


def test_the_database_does_not_hold_the_key_itself(acme: Team, lane: Lane) -> None:
    key = created(lane, acme.owner, acme.id)
    [row] = lane.sql("AUTH_DB", "select key from apikey where id = ?", key.id)
    assert row["key"] != key.client.headers["x-api-key"]


def test_a_key_mints_a_token_that_is_its_owner(acme: Team, lane: Lane) -> None:
    key = created(lane, acme.owner, acme.id)
    token = minted(key.client)
    claims = claims_of(token)
    assert (claims["sub"], claims["orgId"], claims["keyId"]) == (acme.owner.user_id, acme.id, key.id)
    assert "sid" not in claims
    assert get(bearer(lane.url, token), "/notes").status_code == 200


def test_a_key_opens_no_account(acme: Team, lane: Lane) -> None:
    client = created(lane, acme.owner, acme.id).client
    assert client.get("/auth/v1/get-session").json() is None
    assert client.post("/auth/v1/api-key/create", json={"name": "more"}).status_code == 401
    assert client.get("/auth/v1/organization/list").status_code == 401


def test_a_path_that_is_not_there_is_404_whatever_key_is_sent(lane: Lane) -> None:
    refused(get(with_key(lane, "nonsense"), "/nothing"), 404, "ROUTE_NOT_FOUND")
    assert with_key(lane, "nonsense").get("/health").status_code == 200
