"""Each plugin that a config may name, used as its clients use it, up to a call of the API."""

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.client import Team, get, refused
from http_suite.one_time import one_time
from http_suite.tokens import bearer
from lanes.identities import PASSWORD, Person, create_organization, sign_up, unique, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("plugged", kind)


def posted(client: httpx.Client, path: str, **body: Json) -> dict[str, Json]:
    answer = client.post(f"/auth/v1{path}", json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def signed_in(client: httpx.Client) -> dict[str, Json] | None:
    """The user of the client's session."""
    session = client.get("/auth/v1/get-session").json()
    return session["user"] if session else None


def test_an_anonymous_user_works_like_any_other(lane: Lane) -> None:
    client = visitor(lane.url)
    user = posted(client, "/sign-in/anonymous")["user"]
    assert isinstance(user, dict)
    assert signed_in(client) is not None
    refused(get(client, "/notes"), 403, "ACCESS_NO_ORG")
    create_organization(Person(client, str(user["email"]), str(user["id"])))
    assert get(client, "/notes").status_code == 200
    assert lane.sql("AUTH_DB", "select is_anonymous from user where id = ?", str(user["id"])) == [{"is_anonymous": 1}]


def test_nobody_signs_up_as_anonymous_or_with_a_role(lane: Lane) -> None:
    for extra in ({"isAnonymous": True}, {"role": "admin"}, {"banned": False}):
        body = {"email": f"{unique('x')}@example.com", "password": PASSWORD, "name": "Eve", **extra}
        answer = visitor(lane.url).post("/auth/v1/sign-up/email", json=body)
        if answer.status_code == 200:
            rows = lane.sql("AUTH_DB", "select role, is_anonymous from user where email = ?", body["email"])
            assert rows in ([{"role": "user", "is_anonymous": 0}], [{"role": "user", "is_anonymous": None}])


def test_a_username_signs_in(lane: Lane) -> None:
    client, name = visitor(lane.url), unique("ada").replace("-", "_")
    email = f"{name}@example.com"
    posted(client, "/sign-up/email", email=email, password=PASSWORD, name="Ada", username=name)
    other = visitor(lane.url)
    answer = other.post("/auth/v1/sign-in/username", json={"username": name, "password": "wrong password"})
    assert answer.status_code == 401
    posted(other, "/sign-in/username", username=name.upper(), password=PASSWORD)
    user = signed_in(other)
    assert user and user["email"] == email


def test_a_second_factor_stands_before_the_session(lane: Lane) -> None:
    person = sign_up(lane.url)
    enabled = posted(person.client, "/two-factor/enable", password=PASSWORD)
    uri = str(enabled["totpURI"])
    posted(person.client, "/two-factor/verify-totp", code=one_time(uri))
    client = visitor(lane.url)
    answer = posted(client, "/sign-in/email", email=person.email, password=PASSWORD)
    assert answer["twoFactorRedirect"] is True
    assert signed_in(client) is None
    refused(get(client, "/notes"), 401, "AUTH_MISSING")
    wrong = client.post("/auth/v1/two-factor/verify-totp", json={"code": "000000"})
    assert wrong.status_code == 401 and signed_in(client) is None
    posted(client, "/two-factor/verify-totp", code=one_time(uri))
    user = signed_in(client)
    assert user and user["email"] == person.email


GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def asked(device: httpx.Client, code: dict[str, Json]) -> httpx.Response:
    body = {"grant_type": GRANT, "device_code": code["device_code"], "client_id": "cli"}
    return device.post("/auth/v1/device/token", json=body)


def test_a_device_gets_a_session_when_somebody_approves(lane: Lane, acme: Team) -> None:
    device = visitor(lane.url)
    code = posted(device, "/device/code", client_id="cli")
    pending = asked(device, code)
    assert pending.status_code == 400 and pending.json()["error"] == "authorization_pending"
    refused_body = pending.json()
    assert refused_body["code"] == "AUTHORIZATION_PENDING" and refused_body["layer"] == "authentication"
    user_code = str(code["user_code"])
    assert acme.owner.client.get(f"/auth/v1/device?user_code={user_code}").status_code == 200
    posted(acme.owner.client, "/device/approve", userCode=user_code)
    lane.sql("AUTH_DB", "update device_code set last_polled_at = 1 where user_code = ?", user_code)
    answer = asked(device, code)
    assert answer.status_code == 200, answer.text
    client = bearer(lane.url, str(answer.json()["access_token"]))
    assert get(client, "/notes").status_code == 200
    user = signed_in(client)
    assert user and user["email"] == acme.owner.email


def test_a_denied_device_gets_none(lane: Lane, acme: Team) -> None:
    device = visitor(lane.url)
    code = posted(device, "/device/code", client_id="cli")
    user_code = str(code["user_code"])
    assert acme.owner.client.get(f"/auth/v1/device?user_code={user_code}").status_code == 200
    posted(acme.owner.client, "/device/deny", userCode=user_code)
    answer = asked(device, code)
    assert answer.status_code == 400 and answer.json()["error"] == "access_denied"


def test_platform_admins_ban_and_others_do_not(lane: Lane, acme: Team) -> None:
    admin, victim = sign_up(lane.url), sign_up(lane.url)
    assert admin.client.get("/auth/v1/admin/list-users").status_code == 403
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", admin.user_id)
    posted(admin.client, "/admin/ban-user", userId=victim.user_id)
    refused(get(victim, "/notes"), 401, "AUTH_MISSING")
    body = {"email": victim.email, "password": PASSWORD}
    assert visitor(lane.url).post("/auth/v1/sign-in/email", json=body).status_code == 403


def anonymous(lane: Lane) -> tuple[httpx.Client, str]:
    client = visitor(lane.url)
    user = posted(client, "/sign-in/anonymous")["user"]
    assert isinstance(user, dict)
    return client, str(user["id"])


def test_an_anonymous_user_is_upgraded_and_keeps_id_and_session(lane: Lane) -> None:
    client, user_id = anonymous(lane)
    session = client.get("/auth/v1/get-session").json()["session"]["id"]
    email = f"{unique('Jane')}@Example.com"
    answer = posted(client, "/upgrade-anonymous", email=email, name="Jane")
    assert answer == {
        "success": True, "verificationRequired": False,
        "user": {"id": user_id, "email": email.lower(), "isAnonymous": False},
        "session": {"id": session, "userId": user_id},
    }  # fmt: skip
    columns = "is_anonymous, email, name, email_verified"
    [row] = lane.sql("AUTH_DB", f"select {columns} from user where id = ?", user_id)
    assert row == {"is_anonymous": 0, "email": email.lower(), "name": "Jane", "email_verified": 0}
    user = signed_in(client)
    assert user and user["name"] == "Jane"


def test_an_upgrade_needs_no_body_and_does_nothing_twice(lane: Lane) -> None:
    client, user_id = anonymous(lane)
    first = client.post("/auth/v1/upgrade-anonymous")
    assert first.status_code == 200, first.text
    again = posted(client, "/upgrade-anonymous", email=f"{unique('late')}@example.com", name="Late")
    assert again == first.json()
    [row] = lane.sql("AUTH_DB", "select name from user where id = ?", user_id)
    assert row["name"] != "Late"


def test_an_upgrade_takes_nobodys_address(lane: Lane, acme: Team) -> None:
    client, user_id = anonymous(lane)
    answer = client.post("/auth/v1/upgrade-anonymous", json={"email": acme.owner.email.upper()})
    assert (answer.status_code, answer.json()["code"]) == (400, "EMAIL_TAKEN")
    assert lane.sql("AUTH_DB", "select is_anonymous from user where id = ?", user_id) == [{"is_anonymous": 1}]
    assert client.post("/auth/v1/upgrade-anonymous", json={"email": "no address"}).status_code == 400


def test_an_upgrade_is_for_somebody_who_is_signed_in(lane: Lane) -> None:
    assert visitor(lane.url).post("/auth/v1/upgrade-anonymous", json={}).status_code == 401
    client, _ = anonymous(lane)
    headers = {"origin": "https://evil.example.com"}
    assert client.post("/auth/v1/upgrade-anonymous", json={}, headers=headers).status_code == 403
