"""Passkeys, by the requests that the documentation names, with an authenticator in software."""

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.authenticator import HONEST, SITE, Ceremony, ask, register, sign_in, signed
from http_suite.client import get
from lanes.identities import Person, create_organization, sign_up, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("passwordless", kind)


@pytest.fixture(scope="module")
def ada(lane: Lane) -> tuple[Person, Json]:
    """Somebody with an organization and a passkey."""
    person = sign_up(lane.url)
    create_organization(person)
    answer, made = register(person.client)
    assert answer.status_code == 200, answer.text
    return person, made["key"]


def refusal(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    assert {"error", "layer", "code", "hint", "requestId"} <= body.keys()
    return response.status_code, body["code"]


def test_a_passkey_signs_in_up_to_a_call_of_the_api(lane: Lane, ada: tuple[Person, Json]) -> None:
    person, key = ada
    client = visitor(lane.url)
    answer, _ = sign_in(client, key)
    assert answer.status_code == 200, answer.text
    assert answer.json()["user"]["email"] == person.email
    assert get(client, "/notes").status_code == 200


def test_what_is_asked_of_the_authenticator(ada: tuple[Person, Json]) -> None:
    options = ask(ada[0].client, "/register/options").json()
    assert options["rp"] == {"id": SITE, "name": "passwordless"}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert [known["id"] for known in options["excludeCredentials"]]


def test_what_changes_something_is_asked_for_by_post_alone(lane: Lane, ada: tuple[Person, Json]) -> None:
    for path in ("register/options", "authenticate/options", "register/verify"):
        assert refusal(ada[0].client.get(f"/auth/v1/passkey/{path}")) == (404, "ROUTE_NOT_FOUND")


def test_only_somebody_who_is_signed_in_registers(lane: Lane) -> None:
    assert refusal(ask(visitor(lane.url), "/register/options"))[0] == 401
    assert refusal(ask(visitor(lane.url), "/register/verify", {}))[0] == 401


@pytest.mark.parametrize(
    "wrong", [Ceremony(origin="https://evil.example"), Ceremony(site="evil.example"), Ceremony(verified=False)], ids=str
)
def test_a_passkey_of_another_site_or_of_an_unrecognized_person_is_not_registered(lane: Lane, wrong: Ceremony) -> None:
    person = sign_up(lane.url)
    answer, _ = register(person.client, wrong)
    assert answer.status_code >= 400
    assert person.client.get("/auth/v1/passkey/list-user-passkeys").json() == []


@pytest.mark.parametrize(
    "wrong", [Ceremony(origin="https://evil.example"), Ceremony(site="evil.example"), Ceremony(verified=False)], ids=str
)
def test_neither_does_it_sign_in(lane: Lane, ada: tuple[Person, Json], wrong: Ceremony) -> None:
    client = visitor(lane.url)
    answer, _ = sign_in(client, ada[1], wrong)
    assert answer.status_code in {400, 401}
    assert client.get("/auth/v1/get-session").json() is None


def test_a_challenge_is_good_once(lane: Lane, ada: tuple[Person, Json]) -> None:
    client = visitor(lane.url)
    answer, credential = sign_in(client, ada[1])
    assert answer.status_code == 200, answer.text
    assert refusal(ask(client, "/authenticate/verify", credential))[0] == 400
    thief = visitor(lane.url)
    assert ask(thief, "/authenticate/options").status_code == 200
    assert refusal(ask(thief, "/authenticate/verify", credential))[0] == 400
    assert thief.get("/auth/v1/get-session").json() is None


def test_a_key_that_nobody_registered_does_not_sign_in(lane: Lane) -> None:
    client = visitor(lane.url)
    stranger = signed(ask(client, "/authenticate/options").json(), HONEST)
    answer, _ = sign_in(client, stranger["key"])
    assert refusal(answer) == (401, "PASSKEY_NOT_FOUND")


def test_passkeys_are_listed_and_deleted_by_their_owner_alone(lane: Lane) -> None:
    person, other = sign_up(lane.url), sign_up(lane.url)
    _, made = register(person.client)
    [passkey] = person.client.get("/auth/v1/passkey/list-user-passkeys").json()
    assert refusal(ask(other.client, "/delete-passkey", {"id": passkey["id"]}))[0] == 401
    assert ask(person.client, "/delete-passkey", {"id": passkey["id"]}).json() == {"status": True}
    assert person.client.get("/auth/v1/passkey/list-user-passkeys").json() == []
    answer, _ = sign_in(visitor(lane.url), made["key"])
    assert refusal(answer) == (401, "PASSKEY_NOT_FOUND")


def test_a_banned_person_does_not_get_in_by_passkey(lane: Lane) -> None:
    person = sign_up(lane.url)
    _, made = register(person.client)
    lane.sql("AUTH_DB", "update user set banned = 1 where id = ?", person.user_id)
    answer, _ = sign_in(visitor(lane.url), made["key"])
    assert answer.status_code == 403


def test_a_page_that_is_not_trusted_registers_nothing(lane: Lane) -> None:
    person = sign_up(lane.url)
    options = ask(person.client, "/register/options").json()
    credential = signed(options, HONEST)["credential"]
    person.client.headers["origin"] = "https://evil.example"
    assert refusal(ask(person.client, "/register/verify", credential))[0] == 403


def test_both_names_of_an_endpoint_count_for_one_limit(lane: Lane) -> None:
    client = visitor(lane.url)
    stock, ours = "/auth/v1/passkey/generate-authenticate-options", "/auth/v1/passkey/authenticate/options"
    answers = [client.get(stock), client.post(ours), client.get(stock), client.post(ours), client.post(ours)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert client.get(stock).status_code == 429


def test_a_body_that_is_no_json_is_refused_in_the_usual_shape(ada: tuple[Person, Json]) -> None:
    headers = {"content-type": "application/json"}
    answer = ada[0].client.post("/auth/v1/passkey/register/verify", content="{", headers=headers)
    assert refusal(answer) == (400, "INVALID_JSON")


def test_without_the_address_of_the_site_no_endpoint_works(apps: Apps, kind: str) -> None:
    for address in ("", "account.example.com:443"):
        with apps.separate("passwordless", kind, {"ACCOUNT_URL": address}) as lane:
            person = sign_up(lane.url)
            answer = ask(person.client, "/register/options")
            assert refusal(answer) == (503, "MISSING_ENV")
            assert "ACCOUNT_URL" in answer.json()["error"]
            assert refusal(ask(visitor(lane.url), "/authenticate/options")) == (503, "MISSING_ENV")
