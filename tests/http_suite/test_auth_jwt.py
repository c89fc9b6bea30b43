"""JWTs: what they say, what they open without a look at the database, and everything that is no JWT of ours."""

import time
from collections.abc import Mapping

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, data, get, made, refused
from http_suite.tokens import HEADER, Claims, bearer, claims_of, decoded, derived_key, encoded, good, minted, signed
from lanes.identities import Person, colleague, create_organization, set_active, sign_in, sign_up
from lanes.lane import Lane
from lanes.worker import SECRET
from qb_compiler.model.literal import Json


def sign_out(person: Person) -> None:
    assert person.client.post("/auth/v1/sign-out", json={}).status_code == 200


def with_role(lane: Lane, role: str) -> Person:
    """Somebody with a platform role."""
    person = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set role = ? where id = ?", role, person.user_id)
    return person


def test_a_token_says_who_is_calling_and_for_how_long(acme: Team, lane: Lane) -> None:
    token = minted(acme.admin)
    claims = claims_of(token)
    assert decoded(token.split(".")[0]) == {"alg": "HS256", "typ": "JWT"}
    assert set(claims) == {"sub", "sid", "orgId", "role", "userRole", "email", "name", "iat", "exp", "iss", "aud"}
    assert (claims["sub"], claims["orgId"]) == (acme.admin.user_id, acme.id)
    assert (claims["role"], claims["userRole"]) == ("admin", "user")
    assert (claims["iss"], claims["aud"]) == (f"{lane.url}/auth/v1", f"{lane.url}/api/v1")
    issued, expires = claims["iat"], claims["exp"]
    assert isinstance(issued, int) and isinstance(expires, int) and expires - issued == 15 * 60
    assert abs(time.time() - issued) < 60


def test_the_answer_with_a_token_is_never_kept(acme: Team) -> None:
    answer = call(acme.owner, "POST", "/token", {})
    assert answer.headers["cache-control"] == "no-store"
    assert "set-auth-token" not in answer.headers


def test_a_token_opens_what_its_session_opens(acme: Team, globex: Team, lane: Lane) -> None:
    own, foreign = made(acme.owner, "/jobs", title="Own"), made(globex.owner, "/jobs", title="Foreign")
    client = bearer(lane.url, minted(acme.owner))
    assert get(client, f"/jobs/{own['id']}").json() == get(acme.owner, f"/jobs/{own['id']}").json()
    refused(get(client, f"/jobs/{foreign['id']}"), 403, "FIREWALL_NOT_FOUND")
    refused(call(bearer(lane.url, minted(acme.member)), "POST", "/jobs", {"title": "No"}), 403, "ACCESS_ROLE_REQUIRED")


def test_a_write_with_a_token_needs_no_origin(acme: Team, lane: Lane) -> None:
    client = bearer(lane.url, minted(acme.owner))
    client.headers["origin"] = "https://evil.example.com"
    answer = call(client, "POST", "/jobs", {"title": "From a script"})
    assert answer.status_code == 201 and answer.json()["createdBy"] == acme.owner.user_id


def test_minting_with_a_cookie_needs_a_trusted_origin(acme: Team) -> None:
    refused(call(acme.owner, "POST", "/token", {}, origin="https://evil.example.com"), 403, "ORIGIN_NOT_TRUSTED")


def test_a_token_is_minted_for_a_bearer_session_too(acme: Team, lane: Lane) -> None:
    session = acme.owner.client.get("/auth/v1/get-session").json()["session"]
    assert claims_of(minted(bearer(lane.url, session["token"])))["sid"] == session["id"]


def test_one_token_does_not_beget_another(acme: Team, lane: Lane) -> None:
    client = bearer(lane.url, minted(acme.owner))
    refused(call(client, "POST", "/token", {}), 401, "AUTH_MISSING")
    assert "set-auth-token" not in get(client, "/jobs").headers


def test_nobody_gets_no_token(lane: Lane) -> None:
    refused(httpx.post(f"{lane.url}/api/v1/token", json={}), 401, "AUTH_MISSING")
    answer = httpx.get(f"{lane.url}/api/v1/token")
    refused(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "POST"


def test_a_call_with_a_session_is_offered_a_token_for_the_next(acme: Team, lane: Lane) -> None:
    listed = get(acme.member, "/jobs")
    assert "Authorization" in listed.headers["vary"] and listed.headers["cache-control"].startswith("private")
    offered = listed.headers["set-auth-token"]
    assert claims_of(offered)["sub"] == acme.member.user_id
    again = get(bearer(lane.url, offered), "/jobs")
    assert again.status_code == 200 and "set-auth-token" not in again.headers


def test_a_public_route_offers_nothing(acme: Team) -> None:
    answer = get(acme.owner, "/countries")
    assert answer.status_code == 200 and "set-auth-token" not in answer.headers


def test_a_token_too_long_for_a_header_is_not_offered(lane: Lane) -> None:
    person = sign_up(lane.url, name="N" * 6000)
    create_organization(person)
    assert "set-auth-token" not in get(person, "/jobs").headers


def test_one_that_just_fits_is(lane: Lane) -> None:
    person = sign_up(lane.url)
    create_organization(person)

    def offered(name: str) -> str | None:
        assert person.client.post("/auth/v1/update-user", json={"name": name}).status_code == 200
        return get(person, "/jobs").headers.get("set-auth-token")

    short = offered("N")
    assert short
    room = (4096 - len(short)) * 3 // 4
    lengths = [len(offered("N" * count) or "") for count in range(room - 3, room + 5)]
    assert max(lengths) == 4096 and lengths[-1] == 0


def test_a_token_that_is_not_good_is_as_if_there_were_none(acme: Team) -> None:
    answer = get_with(acme.owner.client, "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA")
    assert answer.status_code == 200
    assert claims_of(answer.headers["set-auth-token"])["sub"] == acme.owner.user_id


def get_with(client: httpx.Client, authorization: str) -> httpx.Response:
    return client.get("/api/v1/jobs", headers={"authorization": authorization})


def test_a_token_counts_before_the_cookie(acme: Team, globex: Team) -> None:
    job = made(globex.owner, "/jobs", title="Globex only")
    answer = get_with(acme.owner.client, f"Bearer {minted(globex.owner)}")
    assert job["id"] in {row["id"] for row in data(answer)}


def test_our_own_reading_of_the_standards_agrees_with_the_api(acme: Team, lane: Lane) -> None:
    token = signed(good(lane.url, acme.owner), derived_key())
    assert get(bearer(lane.url, token), "/jobs").status_code == 200


NOW = int(time.time())
BAD_CLAIMS: dict[str, dict[str, Json]] = {
    "expired": {"iat": NOW - 1000, "exp": NOW - 1},
    "never expiring": {"exp": None},
    "expiring in words": {"exp": "tomorrow"},
    "issued in the future": {"iat": NOW + 10_000, "exp": NOW + 20_000},
    "not yet valid": {"nbf": NOW + 10_000},
    "of another issuer": {"iss": "https://evil.example.com/auth/v1"},
    "of no issuer": {"iss": None},
    "for another API": {"aud": "https://evil.example.com/api/v1"},
    "for nobody": {"aud": None},
    "about nobody": {"sub": None},
    "about a number": {"sub": 1},
    "with roles as a list": {"role": ["owner"]},
}


@pytest.mark.parametrize("name", BAD_CLAIMS)
def test_a_signed_token_with_other_claims_is_none(acme: Team, lane: Lane, name: str) -> None:
    token = signed(good(lane.url, acme.owner, **BAD_CLAIMS[name]), derived_key())
    refused(get(bearer(lane.url, token), "/jobs"), 401, "AUTH_MISSING")


BAD_HEADERS: dict[str, dict[str, Json]] = {
    "none": {"alg": "none", "typ": "JWT"},
    "None": {"alg": "None", "typ": "JWT"},
    "no algorithm": {"typ": "JWT"},
    "RS256": {"alg": "RS256", "typ": "JWT"},
    "ES256": {"alg": "ES256", "typ": "JWT"},
    "HS384": {"alg": "HS384", "typ": "JWT"},
    "no type": {"alg": "HS256"},
    "another type": {"alg": "HS256", "typ": "at+jwt"},
    "a critical extension": {"alg": "HS256", "typ": "JWT", "crit": ["b64"]},
}


@pytest.mark.parametrize("name", BAD_HEADERS)
def test_a_token_with_another_header_is_none(acme: Team, lane: Lane, name: str) -> None:
    header = BAD_HEADERS[name]
    claims = good(lane.url, acme.owner)
    digest = "sha384" if name == "HS384" else "sha256"
    token = signed(claims, derived_key(), header, digest)
    refused(get(bearer(lane.url, token), "/jobs"), 401, "AUTH_MISSING")
    unsigned = f"{token.rpartition('.')[0]}."
    refused(get(bearer(lane.url, unsigned), "/jobs"), 401, "AUTH_MISSING")


BAD_KEYS = {
    "the secret itself": SECRET.encode(),
    "an empty key": b"",
    "the key of an empty secret": derived_key(""),
    "the key of another secret": derived_key("another-secret-of-more-than-32-characters"),
}


@pytest.mark.parametrize("name", BAD_KEYS)
def test_a_token_signed_with_another_key_is_none(acme: Team, lane: Lane, name: str) -> None:
    token = signed(good(lane.url, acme.owner), BAD_KEYS[name])
    refused(get(bearer(lane.url, token), "/jobs"), 401, "AUTH_MISSING")


def tampered(token: str, changes: Mapping[str, Json]) -> str:
    header, _, signature = token.split(".")
    claims: Claims = {**claims_of(token), **changes}
    return f"{header}.{signed(claims, b'', HEADER).split('.')[1]}.{signature}"


def test_a_tampered_token_is_none(acme: Team, globex: Team, lane: Lane) -> None:
    token = minted(acme.member)
    for changes in ({"role": "owner"}, {"orgId": globex.id}, {"userRole": "admin"}, {"sub": acme.owner.user_id}):
        refused(get(bearer(lane.url, tampered(token, changes)), "/jobs"), 401, "AUTH_MISSING")
    text, _, signature = token.rpartition(".")
    for wrong in (signature[:-4], signature + "AAAA", "A" * 43, "", "*", "."):
        refused(get(bearer(lane.url, f"{text}.{wrong}"), "/jobs"), 401, "AUTH_MISSING")


@pytest.mark.parametrize("token", ["a.b.c", "..", "eyJ.eyJ.eyJ", f"{encoded(b'[]')}.{encoded(b'[]')}.", "a.b.c.d"])
def test_what_is_no_token_at_all_is_none(lane: Lane, token: str) -> None:
    refused(get(bearer(lane.url, token), "/jobs"), 401, "AUTH_MISSING")


def test_a_signed_session_cookie_is_no_token_and_a_token_is_no_session(acme: Team, lane: Lane) -> None:
    token = minted(acme.owner)
    client = bearer(lane.url, token)
    assert client.get("/auth/v1/get-session").json() is None
    assert client.get("/auth/v1/organization/list").status_code == 401
    cookie = httpx.get(f"{lane.url}/api/v1/jobs", headers={"cookie": f"better-auth.session_token={token}"})
    refused(cookie, 401, "AUTH_MISSING")


def test_a_token_goes_on_until_it_expires_by_default(acme: Team, lane: Lane) -> None:
    """The window that SECURITY.md states: the session has changed, the token has not."""
    leaver = colleague(acme.owner, "member")
    client = bearer(lane.url, minted(leaver))
    removal = {"memberIdOrEmail": leaver.email, "organizationId": acme.id}
    assert acme.owner.client.post("/auth/v1/organization/remove-member", json=removal).status_code == 200
    refused(get(leaver, "/jobs"), 403, "ACCESS_NO_ORG")
    assert get(client, "/jobs").status_code == 200


def test_a_session_that_changes_its_organization_gets_another_token(lane: Lane) -> None:
    person = sign_up(lane.url)
    first, second = create_organization(person, "First"), create_organization(person, "Second")
    assert claims_of(minted(person))["orgId"] == second
    set_active(person, first)
    assert claims_of(minted(person))["orgId"] == first
    set_active(person, None)
    assert "orgId" not in claims_of(minted(person)) and "role" not in claims_of(minted(person))


def test_a_token_does_not_outlive_its_session(acme: Team, lane: Lane) -> None:
    person = sign_in(lane.url, acme.owner.email)
    soon = int(time.time()) + 100
    lane.sql("AUTH_DB", "update session set expires_at = ? where user_id = ?", soon * 1000, person.user_id)
    try:
        expires = claims_of(minted(person))["exp"]
        assert isinstance(expires, int) and expires <= soon
    finally:
        later = (soon + 700_000) * 1000
        lane.sql("AUTH_DB", "update session set expires_at = ? where user_id = ?", later, person.user_id)


TRANSFER = "/jobs/jbs_absent/transfer"


def test_across_tenants_the_platform_role_is_read_and_not_believed(acme: Team, lane: Lane) -> None:
    body = {"organizationId": acme.id}
    admin = with_role(lane, "admin")
    client = bearer(lane.url, minted(admin))
    refused(call(client, "POST", TRANSFER, body), 403, "FIREWALL_NOT_FOUND")
    lane.sql("AUTH_DB", "update user set role = 'user' where id = ?", admin.user_id)
    assert claims_of(minted(with_role(lane, "admin")))["userRole"] == "admin"
    refused(call(client, "POST", TRANSFER, body), 403, "ACCESS_CROSS_TENANT_FORBIDDEN")
    events = lane.sql(
        "AUDIT_DB",
        "select actor_user_role from audit_events where actor_user_id = ? order by created_at",
        admin.user_id,
    )
    assert [event["actor_user_role"] for event in events] == ["admin", "user"]
    sign_out(admin)
    refused(call(client, "POST", TRANSFER, body), 401, "AUTH_MISSING")


def test_a_token_of_a_platform_admin_is_one_elsewhere(lane: Lane) -> None:
    country = call(sign_up(lane.url), "POST", "/countries", {"code": "JWT", "name": "Tokenland"}).json()
    client = bearer(lane.url, minted(with_role(lane, "admin")))
    assert call(client, "PATCH", f"/countries/{country['id']}", {"name": "Token"}).status_code == 200


def test_without_organizations_a_token_carries_the_platform_role(apps: Apps, kind: str) -> None:
    lane = apps.lane("solo", kind)
    person = sign_up(lane.url)
    claims = claims_of(minted(person))
    assert (claims["role"], claims["userRole"], claims.get("orgId")) == ("user", "user", None)
    made(person, "/tasks", title="Mine")
    assert len(data(get(bearer(lane.url, minted(person)), "/tasks"))) == 1
    assert data(get(bearer(lane.url, minted(sign_up(lane.url))), "/tasks")) == []


def test_the_active_team_is_part_of_a_token(apps: Apps, kind: str) -> None:
    lane = apps.lane("teams", kind)
    person = sign_up(lane.url)
    create_organization(person)
    team = person.client.post("/auth/v1/organization/create-team", json={"name": "Red"}).json()["id"]
    joined = person.client.post(
        "/auth/v1/organization/add-team-member", json={"teamId": team, "userId": person.user_id}
    )
    assert joined.status_code == 200, joined.text
    assert person.client.post("/auth/v1/organization/set-active-team", json={"teamId": team}).status_code == 200
    assert claims_of(minted(person))["teamId"] == team
