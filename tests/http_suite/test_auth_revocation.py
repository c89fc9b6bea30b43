"""`auth.jwt: { revocation: "strict" }`: a JWT ends with what it was minted from, at its next use."""

from collections.abc import Callable

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, get, refused
from http_suite.tokens import bearer, claims_of, derived_key, good, minted, signed
from lanes.identities import PASSWORD, Person, colleague, create_organization, set_active, sign_up, visitor
from lanes.lane import Lane


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("strict", kind)


def member_id(lane: Lane, person: Person) -> str:
    [row] = lane.sql("AUTH_DB", "select id from member where user_id = ?", person.user_id)
    return str(row["id"])


def posted(person: Person, path: str, **body: str | bool | None) -> None:
    answer = person.client.post(f"/auth/v1{path}", json=body)
    assert answer.status_code == 200, answer.text


Ending = Callable[[Team, Person, Lane], None]


def changes_role(team: Team, person: Person, lane: Lane) -> None:
    body = {"memberId": member_id(lane, person), "role": "admin", "organizationId": team.id}
    posted(team.owner, "/organization/update-member-role", **body)


def is_removed(team: Team, person: Person, lane: Lane) -> None:
    posted(team.owner, "/organization/remove-member", memberIdOrEmail=person.email, organizationId=team.id)


def leaves(team: Team, person: Person, lane: Lane) -> None:
    posted(person, "/organization/leave", organizationId=team.id)


def signs_out(team: Team, person: Person, lane: Lane) -> None:
    posted(person, "/sign-out")


def revokes_the_session(team: Team, person: Person, lane: Lane) -> None:
    posted(person, "/revoke-sessions")


def changes_the_password(team: Team, person: Person, lane: Lane) -> None:
    posted(person, "/change-password", currentPassword=PASSWORD, newPassword=PASSWORD[::-1], revokeOtherSessions=True)


def becomes_platform_admin(team: Team, person: Person, lane: Lane) -> None:
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", person.user_id)


def is_banned(team: Team, person: Person, lane: Lane) -> None:
    admin = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", admin.user_id)
    posted(admin, "/admin/ban-user", userId=person.user_id)


def works_elsewhere(team: Team, person: Person, lane: Lane) -> None:
    create_organization(person, "Elsewhere")


def expires(team: Team, person: Person, lane: Lane) -> None:
    lane.sql("AUTH_DB", "update session set expires_at = 1 where user_id = ?", person.user_id)


def is_deleted(team: Team, person: Person, lane: Lane) -> None:
    lane.sql("AUTH_DB", "delete from user where id = ?", person.user_id)


ENDINGS: list[Ending] = [
    changes_role, is_removed, leaves, signs_out, revokes_the_session, changes_the_password, becomes_platform_admin,
    is_banned, works_elsewhere, expires, is_deleted,
]  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
def test_a_token_ends_when_its_holder(acme: Team, lane: Lane, ending: Ending) -> None:
    person = colleague(acme.owner, "member")
    client = bearer(lane.url, minted(person))
    assert get(client, "/notes").status_code == 200
    ending(acme, person, lane)
    refused(get(client, "/notes"), 401, "AUTH_MISSING")


def test_with_its_session_an_ended_token_is_as_if_there_were_none(acme: Team, lane: Lane) -> None:
    person = colleague(acme.owner, "member")
    person.client.headers["authorization"] = f"Bearer {minted(person)}"
    assert call(person, "POST", "/notes", {"body": "no"}).status_code == 403
    changes_role(acme, person, lane)
    answer = call(person, "POST", "/notes", {"body": "yes"})
    assert answer.status_code == 201
    assert claims_of(answer.headers["set-auth-token"])["role"] == "admin"


def test_an_unchanged_token_goes_on(acme: Team, lane: Lane) -> None:
    client = bearer(lane.url, minted(acme.owner))
    set_active(acme.owner, acme.id)
    assert call(client, "POST", "/notes", {"body": "still"}).status_code == 201


def test_a_token_without_a_session_of_its_holder_is_none(acme: Team, globex: Team, lane: Lane) -> None:
    theirs = claims_of(minted(globex.owner))["sid"]
    for sid in ("forged", theirs):
        client = bearer(lane.url, signed(good(lane.url, acme.owner, sid=sid), derived_key()))
        refused(get(client, "/notes"), 401, "AUTH_MISSING")


def test_a_token_of_an_api_key_ends_with_the_key_and_with_the_role(acme: Team, lane: Lane) -> None:
    person = colleague(acme.owner, "member")
    body = {"name": "script", "metadata": {"organizationId": acme.id}}
    key = person.client.post("/auth/v1/api-key/create", json=body).json()
    for ending in ("update member set role = 'admin' where user_id = ?", "delete from apikey where reference_id = ?"):
        client = bearer(lane.url, minted(visitor(lane.url), x_api_key=key["key"]))
        assert get(client, "/notes").status_code == 200
        lane.sql("AUTH_DB", ending, person.user_id)
        refused(get(client, "/notes"), 401, "AUTH_MISSING")


def test_the_life_of_a_token_is_configured(acme: Team) -> None:
    claims = claims_of(minted(acme.owner))
    issued, ends = claims["iat"], claims["exp"]
    assert isinstance(issued, int) and isinstance(ends, int) and ends - issued == 5 * 60


def test_a_strict_token_needs_no_origin_either(acme: Team, lane: Lane) -> None:
    client: httpx.Client = bearer(lane.url, minted(acme.owner))
    client.headers["origin"] = "https://evil.example.com"
    assert call(client, "POST", "/notes", {"body": "script"}).status_code == 201
