"""One person, several memberships, sessions and keys: each call has the rights of exactly one of them."""

import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, data, get, made, refused
from http_suite.tokens import bearer, claims_of, minted
from lanes.identities import (
    PASSWORD,
    Person,
    accept,
    colleague,
    create_organization,
    invite,
    owner,
    set_active,
    sign_in,
    sign_up,
    visitor,
)
from lanes.lane import Lane


def in_two(team: Team) -> Person:
    """Somebody who owns one organization, and is a mere member of the team's, which is active."""
    person = owner(str(team.owner.client.base_url), "Own")
    accept(person, invite(team.owner, person.email, "member"))
    return person


def test_a_role_in_one_organization_is_none_in_another(acme: Team) -> None:
    person = in_two(acme)
    own = person.client.get("/auth/v1/organization/list").json()[0]["id"]
    refused(call(person, "POST", "/departments", {"name": "X"}), 403, "ACCESS_ROLE_REQUIRED")
    assert own != acme.id
    set_active(person, own)
    assert call(person, "POST", "/departments", {"name": "X"}).status_code == 201


def test_after_the_active_organization_is_left_no_other_takes_its_place(acme: Team) -> None:
    person = in_two(acme)
    removal = {"memberIdOrEmail": person.email, "organizationId": acme.id}
    assert acme.owner.client.post("/auth/v1/organization/remove-member", json=removal).status_code == 200
    refused(get(person, "/jobs"), 403, "ACCESS_NO_ORG")


def test_who_is_in_several_organizations_signs_in_to_none(lane: Lane) -> None:
    person = sign_up(lane.url)
    create_organization(person, "First")
    assert get(sign_in(lane.url, person.email), "/jobs").status_code == 200
    create_organization(person, "Second")
    refused(get(sign_in(lane.url, person.email), "/jobs"), 403, "ACCESS_NO_ORG")


def test_a_membership_without_a_role_has_none(acme: Team, lane: Lane) -> None:
    person = colleague(acme.owner, "member")
    lane.sql("AUTH_DB", "update member set role = ' , ' where user_id = ?", person.user_id)
    refusal = refused(call(person, "POST", "/departments", {"name": "X"}), 403, "ACCESS_ROLE_REQUIRED")
    details = refusal["details"]
    assert isinstance(details, dict) and details["current"] == []


def test_without_limits_of_sign_in_none_closes(lane: Lane) -> None:
    stranger = visitor(lane.url)
    body = {"email": "nobody@example.com", "password": PASSWORD}
    assert {stranger.post("/auth/v1/sign-in/email", json=body).status_code for _ in range(12)} == {401}


def test_the_address_in_the_environment_is_the_one_in_tokens(apps: Apps, kind: str) -> None:
    with apps.separate("hiring", kind, {"BETTER_AUTH_URL": "http://api.example.com/ignored"}) as lane:
        person = sign_up(lane.url, origin="https://app.example.com")
        claims = claims_of(minted(person))
        assert (claims["iss"], claims["aud"]) == ("http://api.example.com/auth/v1", "http://api.example.com/api/v1")


@pytest.fixture(scope="module")
def plugged(apps: Apps, kind: str) -> Lane:
    return apps.lane("plugged", kind)


def minted_by_key(lane: Lane, person: Person, organization: str) -> str:
    body = {"name": "script", "metadata": {"organizationId": organization}}
    key = person.client.post("/auth/v1/api-key/create", json=body).json()["key"]
    client = visitor(lane.url)
    client.headers["x-api-key"] = key
    return minted(client)


def test_each_key_is_its_own_owner_in_its_own_organization(plugged: Lane) -> None:
    acme, globex = owner(plugged.url, "Acme"), owner(plugged.url, "Globex")
    made(acme, "/notes", body="of Acme")
    for person in (acme, globex):
        claims = claims_of(minted_by_key(plugged, person, str(person.organization)))
        assert (claims["sub"], claims["orgId"]) == (person.user_id, person.organization)


def test_a_key_has_the_membership_of_its_organization_alone(plugged: Lane) -> None:
    acme = Team.founded(plugged.url, "Acme")
    person = in_two(acme)
    claims = claims_of(minted_by_key(plugged, person, acme.id))
    assert (claims["orgId"], claims["role"]) == (acme.id, "member")
    other = claims_of(minted_by_key(plugged, acme.member, acme.id))
    assert (other["sub"], other["role"]) == (acme.member.user_id, "member")


def test_a_token_without_a_check_outlives_its_session_everywhere(apps: Apps, kind: str) -> None:
    lane = apps.lane("solo", kind)
    person = sign_up(lane.url)
    client = bearer(lane.url, minted(person))
    assert person.client.post("/auth/v1/sign-out", json={}).status_code == 200
    assert data(get(client, "/tasks")) == []


def post(person: Person, path: str, **body: str | None) -> str:
    response = person.client.post(f"/auth/v1/organization/{path}", json=body)
    assert response.status_code == 200, response.text
    return str(response.json().get("id"))


def in_team(founder: Person, name: str) -> str:
    team = post(founder, "create-team", name=name, organizationId=founder.organization)
    post(founder, "add-team-member", teamId=team, userId=founder.user_id)
    post(founder, "set-active-team", teamId=team)
    return team


def with_team(lane: Lane, person: Person, team: str) -> None:
    """As if the session had kept a team of other times."""
    lane.sql("AUTH_DB", "update session set active_team_id = ? where user_id = ?", team, person.user_id)


def test_a_team_opens_nothing_to_those_who_are_not_in_it(apps: Apps, kind: str) -> None:
    lane = apps.lane("teams", kind)
    founder = owner(lane.url, "Squads")
    team = in_team(founder, "A")
    board = made(founder, "/boards", title="Of team A")
    mate = colleague(founder, "member")
    with_team(lane, mate, team)
    assert data(get(mate, "/boards")) == []
    refused(get(mate, f"/boards/{board['id']}"), 403, "FIREWALL_NOT_FOUND")
    assert "teamId" not in claims_of(minted(mate))


def test_a_team_of_another_organization_is_none_here(apps: Apps, kind: str) -> None:
    lane = apps.lane("teams", kind)
    founder = owner(lane.url, "First")
    team = in_team(founder, "A")
    create_organization(founder, "Second")
    with_team(lane, founder, team)
    claims = claims_of(minted(founder))
    assert claims["orgId"] == founder.organization and "teamId" not in claims


def test_a_session_that_is_not_due_is_left_as_it_is(acme: Team) -> None:
    assert "set-cookie" not in get(acme.owner, "/jobs").headers
