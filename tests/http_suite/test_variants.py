"""Apps of other shapes: without organizations, with teams, with every kind of id."""

import re

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, data, get, made, refused
from lanes.identities import Person, colleague, create_organization, owner, sign_up, visitor
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def solo(apps: Apps, kind: str) -> str:
    return apps.lane("solo", kind).url


def test_without_organizations_rows_belong_to_users(solo: str) -> None:
    ann, bob = sign_up(solo), sign_up(solo)
    task = made(ann, "/tasks", title="Mine")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(task["id"]))
    assert data(get(bob, "/tasks")) == []
    refused(get(bob, f"/tasks/{task['id']}"), 403, "FIREWALL_NOT_FOUND")
    refused(get(visitor(solo), "/tasks"), 401, "AUTH_MISSING")


def test_without_organizations_a_role_is_the_users_own(apps: Apps, kind: str, solo: str) -> None:
    lane = apps.lane("solo", kind)
    ann, bob, boss = sign_up(solo), sign_up(solo), sign_up(solo)
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", boss.user_id)
    ad = made(ann, "/ads", text="For sale", contactEmail="ann@example.com")
    assert ad["contactEmail"] == "ann@example.com"

    def seen(person: Person) -> object:
        return next(row for row in data(get(person, "/ads?limit=100")) if row["id"] == ad["id"])["contactEmail"]

    assert (seen(bob), seen(boss)) == ("a**@e******.com", "ann@example.com")
    refused(call(bob, "DELETE", f"/ads/{ad['id']}"), 403, "ACCESS_CONDITION_FAILED")
    assert call(boss, "DELETE", f"/ads/{ad['id']}").status_code == 200


def test_etags_can_be_turned_off(solo: str) -> None:
    assert "etag" not in get(sign_up(solo), "/tasks").headers


def test_counted_ids_are_numbers(apps: Apps, kind: str) -> None:
    team = Team.founded(apps.lane("counted", kind).url, "Counted")
    first = made(team.owner, "/items", label="one")
    second = made(team.owner, "/items", label="two", parentId=first["id"])
    assert isinstance(first["id"], int) and second["id"] == first["id"] + 1
    assert get(team.owner, f"/items/{second['id']}").json()["parent_label"] == "one"
    for wrong in ("x", "1x", "01x", "-1", "1.0", " 1", "1e0"):
        refused(get(team.owner, f"/items/{wrong}"), 403, "FIREWALL_NOT_FOUND")
    refused(call(team.owner, "POST", "/items", {"label": "x", "id": 99}), 400, "GUARD_SYSTEM_MANAGED")
    refused(call(team.owner, "POST", "/items", {"label": "x", "parentId": 99999}), 400, "FK_NOT_FOUND")
    records = [{"id": first["id"], "label": "uno"}, {"id": "2", "label": "no"}]
    refused(call(team.owner, "PATCH", "/items/batch", {"records": records}), 400, "BATCH_MISSING_IDS")
    changed = call(team.owner, "PATCH", "/items/batch", {"records": records[:1]})
    assert changed.json()["success"][0]["label"] == "uno"
    assert call(team.owner, "DELETE", f"/items/{first['id']}").json() == {"success": True, "id": first["id"]}
    refused(get(team.owner, f"/items/{second['id']}"), 403, "FIREWALL_NOT_FOUND")


def test_nanoids_have_twenty_one_characters(apps: Apps, kind: str) -> None:
    person = sign_up(apps.lane("limited", kind).url)
    assert re.fullmatch(r"[\w-]{21}", str(made(person, "/words", word="hello")["id"]))


def post(person: Person, path: str, **body: str | None) -> httpx.Response:
    response = person.client.post(f"/auth/v1/organization/{path}", json=body)
    assert response.status_code == 200, response.text
    return response


def test_a_team_scope_shows_the_active_teams_rows_and_needs_one_for_new_ones(apps: Apps, kind: str) -> None:
    founder = owner(apps.lane("teams", kind).url, "Squads")
    mate = colleague(founder, "member")
    post(founder, "set-active-team", teamId=None)
    assert data(get(founder, "/boards")) == []
    teams = [post(founder, "create-team", name=name, organizationId=founder.organization).json()["id"] for name in "AB"]
    for team in teams:
        post(founder, "add-team-member", teamId=team, userId=founder.user_id)
    post(founder, "set-active-team", teamId=teams[0])
    board = made(founder, "/boards", title="Of team A")
    assert re.fullmatch(r"[a-z][0-9a-z]{23}", str(board["id"]))
    assert (board["tenant"], board["squadId"]) == (founder.organization, teams[0])
    post(founder, "set-active-team", teamId=teams[1])
    assert data(get(founder, "/boards")) == []
    refused(get(founder, f"/boards/{board['id']}"), 403, "FIREWALL_NOT_FOUND")
    refused(get(mate, f"/boards/{board['id']}"), 403, "FIREWALL_NOT_FOUND")
    refused(call(founder, "POST", "/boards", {"title": "x", "squadId": teams[0]}), 400, "GUARD_SYSTEM_MANAGED")
    post(founder, "set-active-team", teamId=teams[0])
    assert len(data(get(founder, "/boards"))) == 1
    assert call(founder, "POST", f"/boards/{board['id']}/rename", {"title": "New"}).json()["title"] == "New"
    assert call(founder, "POST", "/boards/count").json() == {"boards": 1}
    post(founder, "remove-team-member", teamId=teams[0], userId=founder.user_id)
    assert data(get(founder, "/boards")) == []


WITHOUT_TEAM = [
    ("POST", "", {"title": 5}),
    ("PATCH", "/x", {"nothing": 1}),
    ("DELETE", "/x", None),
    ("POST", "/batch", {"records": "none"}),
    ("PATCH", "/batch", {"records": [{"id": "x", "title": "y"}]}),
    ("DELETE", "/batch", {"ids": ["x"]}),
    ("POST", "/x/rename", {"title": 5}),
    ("POST", "/count", {}),
]


@pytest.fixture(scope="module")
def teamless(apps: Apps, kind: str) -> Person:
    """A founder without an active team."""
    founder = owner(apps.lane("teams", kind).url, "Teamless")
    post(founder, "set-active-team", teamId=None)
    return founder


@pytest.mark.parametrize(("verb", "path", "body"), WITHOUT_TEAM)
def test_a_write_or_an_action_without_the_team_is_refused_before_its_body_is_read(
    teamless: Person, verb: str, path: str, body: Json
) -> None:
    answer = refused(call(teamless, verb, f"/boards{path}", body), 403, "ACCESS_NO_SCOPE")
    assert "activeTeamId" in str(answer["hint"])


def test_the_role_is_asked_for_before_the_team(teamless: Person) -> None:
    mate = colleague(teamless, "member")
    refused(call(mate, "DELETE", "/boards/x"), 403, "ACCESS_ROLE_REQUIRED")
    refused(call(mate, "POST", "/boards/count", {}), 403, "ACCESS_ROLE_REQUIRED")


def test_reads_without_the_team_find_nothing(teamless: Person) -> None:
    assert data(get(teamless, "/boards")) == []
    refused(get(teamless, "/boards/x"), 403, "FIREWALL_NOT_FOUND")


def test_a_team_of_another_organization_opens_nothing(apps: Apps, kind: str) -> None:
    founder = owner(apps.lane("teams", kind).url, "First")
    team = post(founder, "create-team", name="A", organizationId=founder.organization).json()["id"]
    post(founder, "add-team-member", teamId=team, userId=founder.user_id)
    post(founder, "set-active-team", teamId=team)
    made(founder, "/boards", title="In the first")
    create_organization(founder, "Second")
    assert data(get(founder, "/boards")) == []
