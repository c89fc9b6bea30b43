"""A compiled project runs in both lanes, and people come to it only through its own sign-in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler.platform.projects import recruiting, write
from lanes import identities
from lanes.lane import Lane, NodeLane, WorkerdLane


@pytest.fixture(scope="module", params=[NodeLane, WorkerdLane], ids=["node", "workerd"])
def lane(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lane]:
    root = tmp_path_factory.mktemp("project")
    assert write(root, recruiting()) == ()
    kind: type[Lane] = request.param
    with kind.of(root) as running:
        yield running


def test_sign_in_is_refused_with_a_wrong_password(lane: Lane) -> None:
    person = identities.sign_up(lane.url)
    answer = identities.visitor(lane.url).post(
        "/auth/v1/sign-in/email", json={"email": person.email, "password": "wrong password"}
    )
    assert answer.status_code == 401


def test_an_invitation_is_accepted_by_its_id_and_gives_the_role(lane: Lane) -> None:
    owner = identities.owner(lane.url)
    member = identities.colleague(owner, "member")
    assert member.organization == owner.organization
    rows = lane.sql("AUTH_DB", "SELECT role FROM member WHERE user_id = ?1", member.user_id)
    assert rows == [{"role": "member"}]


def test_a_new_session_starts_in_the_only_organization(lane: Lane) -> None:
    owner = identities.owner(lane.url)
    session = identities.sign_in(lane.url, owner.email).client.get("/auth/v1/get-session").json()
    assert session["session"]["activeOrganizationId"] == owner.organization


def test_a_new_session_starts_in_none_of_two_organizations(lane: Lane) -> None:
    owner = identities.owner(lane.url)
    identities.create_organization(owner, "Second")
    session = identities.sign_in(lane.url, owner.email).client.get("/auth/v1/get-session").json()
    assert session["session"]["activeOrganizationId"] is None


def test_nobody_makes_themselves_a_platform_admin(lane: Lane) -> None:
    body = {"email": "eve@example.com", "password": identities.PASSWORD, "name": "Eve", "role": "admin"}
    identities.visitor(lane.url).post("/auth/v1/sign-up/email", json=body)
    person = identities.sign_up(lane.url)
    person.client.post("/auth/v1/update-user", json={"role": "admin"})
    assert lane.sql("AUTH_DB", "SELECT DISTINCT role FROM user") == [{"role": "user"}]


def test_a_page_of_another_origin_cannot_sign_in(lane: Lane) -> None:
    person = identities.sign_up(lane.url)
    person.client.headers["origin"] = "https://evil.example"
    answer = person.client.post("/auth/v1/sign-out", json={})
    assert answer.status_code == 403


def test_guessing_passwords_is_slowed_down(lane: Lane) -> None:
    visitor = identities.visitor(lane.url)
    guess = {"email": "nobody@example.com", "password": "guess-number-one"}
    answers = [visitor.post("/auth/v1/sign-in/email", json=guess) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert answers[-1].json()["code"] == "RATE_LIMITED"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 10


def test_the_worker_says_nothing_without_its_secret(lane: Lane, tmp_path: Path) -> None:
    assert write(tmp_path, recruiting()) == ()
    with type(lane).of(tmp_path, vars={"BETTER_AUTH_SECRET": "short"}) as running:
        answer = identities.visitor(running.url).get("/api/v1/candidates")
    assert answer.status_code == 503
