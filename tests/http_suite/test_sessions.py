"""How long a session lasts, and how often the database is asked about it."""

import pytest

from http_suite.client import Team, call, get, refused
from http_suite.tokens import bearer
from lanes.identities import PASSWORD, Person, create_organization, set_active, sign_up, visitor
from lanes.lane import Lane

DAY = 86_400_000


def forgetful(lane: Lane) -> Person:
    """Somebody who asked to be forgotten when the browser closes."""
    person = sign_up(lane.url)
    organization = create_organization(person)
    client = visitor(lane.url)
    body = {"email": person.email, "password": PASSWORD, "rememberMe": False}
    assert client.post("/auth/v1/sign-in/email", json=body).status_code == 200
    again = Person(client, person.email, person.user_id)
    set_active(again, organization)
    return again


def test_an_expired_session_is_over(lane: Lane) -> None:
    team = Team.founded(lane.url, "Expired")
    assert get(team.owner, "/jobs").status_code == 200
    lane.sql("AUTH_DB", "update session set expires_at = 1000 where user_id = ?", team.owner.user_id)
    refused(get(team.owner, "/jobs"), 401, "AUTH_MISSING")


def ends(lane: Lane, person: Person) -> int:
    [row] = lane.sql("AUTH_DB", "select expires_at from session where user_id = ?", person.user_id)
    return int(str(row["expires_at"]))


def due(lane: Lane, person: Person) -> int:
    """Makes the session of the person one that is to be extended; when it ends now."""
    lane.sql("AUTH_DB", "update session set expires_at = expires_at - ? where user_id = ?", 2 * DAY, person.user_id)
    return ends(lane, person)


def test_a_session_that_is_due_is_extended(lane: Lane) -> None:
    person = Team.founded(lane.url, "Extended").owner
    before = due(lane, person)
    answer = get(person, "/jobs")
    assert answer.status_code == 200
    assert "better-auth.session_token" in answer.headers.get("set-cookie", "")
    assert ends(lane, person) > before
    assert "set-cookie" not in get(person, "/jobs").headers


@pytest.mark.parametrize("junk", ["x", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"])
def test_so_it_is_beside_a_bearer_token_that_is_nobodys(lane: Lane, junk: str) -> None:
    person = Team.founded(lane.url, "Junk").owner
    before = due(lane, person)
    answer = call(person, "GET", "/jobs", authorization=f"Bearer {junk}")
    assert answer.status_code == 200
    [cookie] = [text for text in answer.headers.get_list("set-cookie") if "session_token" in text]
    assert "Max-Age=0" not in cookie
    assert ends(lane, person) > before


def test_so_it_is_for_a_bearer_token(lane: Lane) -> None:
    person = Team.founded(lane.url, "Bearer").owner
    client = bearer(lane.url, person.client.cookies["better-auth.session_token"])
    before = due(lane, person)
    assert get(client, "/jobs").status_code == 200
    assert ends(lane, person) > before


def test_so_it_is_for_somebody_who_is_not_to_be_remembered(lane: Lane) -> None:
    person = forgetful(lane)
    assert get(person, "/jobs").status_code == 200
    lane.sql("AUTH_DB", "update session set expires_at = 1000 where user_id = ?", person.user_id)
    refused(get(person, "/jobs"), 401, "AUTH_MISSING")


def test_a_session_that_is_not_to_be_remembered_is_not_extended(lane: Lane) -> None:
    person = forgetful(lane)
    query = "select token, expires_at from session where user_id = ? order by created_at"
    before = lane.sql("AUTH_DB", query, person.user_id)
    assert "set-cookie" not in get(person, "/jobs").headers
    assert lane.sql("AUTH_DB", query, person.user_id) == before


def test_every_cookie_of_better_auth_is_passed_on(lane: Lane) -> None:
    person = Team.founded(lane.url, "Cookies").owner
    due(lane, person)
    person.client.cookies.set("better-auth.session_data", "of another app")
    cookies = get(person, "/jobs").headers.get_list("set-cookie")
    names = [cookie.partition("=")[0] for cookie in cookies]
    assert {"better-auth.session_data", "better-auth.session_token"} <= set(names)


@pytest.mark.parametrize("kind", ["node"], scope="module")
def test_the_database_is_asked_once_who_is_calling(lane: Lane) -> None:
    """Node alone tells which statements ran."""
    for person in (Team.founded(lane.url, "Once").owner, forgetful(lane)):
        lane.trace("AUTH_DB")
        assert get(person, "/jobs").status_code == 200
        assert len(lane.trace("AUTH_DB")) == 1


@pytest.mark.parametrize("kind", ["node"], scope="module")
def test_so_it_is_for_a_call_that_leaves_a_trail(lane: Lane) -> None:
    admin = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", admin.user_id)
    lane.trace("AUTH_DB")
    refused(admin.client.post("/api/v1/jobs/absent/transfer", json={"organizationId": "x"}), 403, "FIREWALL_NOT_FOUND")
    assert len(lane.trace("AUTH_DB")) == 1
