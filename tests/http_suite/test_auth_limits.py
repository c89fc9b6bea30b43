"""Limits on `/auth/v1`: so many calls a window, path and address; the window is over when its time is, not before."""

import httpx
import pytest

from http_suite.apps import Apps
from lanes.identities import PASSWORD, Person, sign_up, visitor
from lanes.lane import Lane

SIGN_INS = 3
"""How many sign-ins one address has in 60 seconds, as the project's `customRules` say; its `max` is 5 in 30 seconds."""


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("later", kind)


@pytest.fixture(scope="module")
def person(lane: Lane) -> Person:
    return sign_up(lane.url)


def sign_in(client: httpx.Client, person: Person, password: str = PASSWORD) -> httpx.Response:
    return client.post("/auth/v1/sign-in/email", json={"email": person.email, "password": password})


def session(client: httpx.Client) -> httpx.Response:
    return client.get("/auth/v1/get-session")


def pass_time(lane: Lane, client: httpx.Client, seconds: int) -> None:
    """Moves the calls of an address into the past."""
    address = client.headers["cf-connecting-ip"]
    older = "update rate_limit set last_request = last_request - ? where key like ? returning key"
    assert lane.sql("AUTH_DB", older, seconds * 1000, f"{address}%")


def wait_of(answer: httpx.Response) -> int:
    """The seconds that a refusal names."""
    assert (answer.status_code, answer.json()["code"]) == (429, "RATE_LIMITED"), answer.text
    return int(answer.headers["retry-after"])


def test_a_rule_for_one_path_ends_guessing_until_its_window_is_over(lane: Lane, person: Person) -> None:
    client = visitor(lane.url)
    assert [sign_in(client, person, "wrong password").status_code for _ in range(SIGN_INS)] == [401] * SIGN_INS
    assert 50 < wait_of(sign_in(client, person)) <= 60
    pass_time(lane, client, 40)
    assert 10 < wait_of(sign_in(client, person)) <= 20
    pass_time(lane, client, 20)
    assert [sign_in(client, person).status_code for _ in range(SIGN_INS)] == [200] * SIGN_INS
    wait_of(sign_in(client, person))


def test_one_address_is_not_counted_for_another(lane: Lane, person: Person) -> None:
    guesser = visitor(lane.url)
    for _ in range(SIGN_INS + 1):
        sign_in(guesser, person, "wrong password")
    wait_of(sign_in(guesser, person))
    assert sign_in(visitor(lane.url), person).status_code == 200


def test_every_other_path_has_the_usual_limit_and_a_count_of_its_own(lane: Lane, person: Person) -> None:
    client = visitor(lane.url)
    assert sign_in(client, person).status_code == 200
    assert [session(client).status_code for _ in range(5)] == [200] * 5
    assert 20 < wait_of(session(client)) <= 30
    assert client.get("/auth/v1/organization/list").status_code == 200
    pass_time(lane, client, 30)
    assert session(client).json()["user"]["email"] == person.email


def test_sign_ups_keep_better_auths_stricter_limit(lane: Lane) -> None:
    client = visitor(lane.url)
    body = {"email": "nobody", "password": PASSWORD, "name": "Eve"}
    assert [client.post("/auth/v1/sign-up/email", json=body).status_code for _ in range(3)] == [400] * 3
    assert wait_of(client.post("/auth/v1/sign-up/email", json=body)) <= 10
