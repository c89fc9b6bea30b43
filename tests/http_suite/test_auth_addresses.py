"""Whose account an address is: mail proves it, ends what others made with it, and is no way round a second factor."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.authenticator import register
from http_suite.authenticator import sign_in as sign_in_by_passkey
from http_suite.by_mail import APP, address, done, followed, post, refused, stored, user
from http_suite.client import get
from http_suite.client import refused as refused_by
from http_suite.one_time import one_time
from http_suite.ses import Ses, mailing
from http_suite.tokens import bearer
from lanes.identities import PASSWORD, Person, sign_up, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json

GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str, ses: Ses) -> Iterator[Lane]:
    with mailing(apps, kind, "passwordless", ses) as lane:
        yield lane


def test_whoever_registers_a_foreign_address_does_not_share_the_account_of_its_owner(lane: Lane, ses: Ses) -> None:
    squatter = sign_up(lane.url)
    client = visitor(lane.url)
    done(client, "/magic-link/send", email=squatter.email)
    followed(client, ses.mail(squatter.email).link)
    assert user(client) is not None
    assert user(squatter.client) is None
    body = {"email": squatter.email, "password": PASSWORD}
    assert visitor(lane.url).post("/auth/v1/sign-in/email", json=body).status_code == 401


def test_nobody_registers_by_code_with_a_role(lane: Lane, ses: Ses) -> None:
    client, email = visitor(lane.url), address()
    done(client, "/email-otp/send-verification-otp", email=email, type="sign-in")
    extra = {"role": "admin", "banned": False, "twoFactorEnabled": True}
    post(client, "/email-otp/verify-otp", email=email, otp=ses.mail(email).code, name="Eve", **extra)
    rows = lane.sql("AUTH_DB", "select role, two_factor_enabled from user where email = ?", email)
    assert rows in ([], [{"role": "user", "two_factor_enabled": 0}], [{"role": "user", "two_factor_enabled": None}])


def test_an_address_is_the_same_in_capitals(lane: Lane, ses: Ses) -> None:
    person, client = sign_up(lane.url), visitor(lane.url)
    done(client, "/magic-link/send", email=person.email.upper())
    followed(client, ses.mail(person.email.upper()).link)
    found = user(client)
    assert found and found["id"] == person.user_id


def test_a_banned_person_gets_no_session_by_mail(lane: Lane, ses: Ses) -> None:
    person, client = sign_up(lane.url), visitor(lane.url)
    lane.sql("AUTH_DB", "update user set banned = 1, email_verified = 1 where id = ?", person.user_id)
    done(client, "/email-otp/send-verification-otp", email=person.email, type="sign-in")
    sent = ses.mail(person.email)
    code = post(client, "/email-otp/verify-otp", email=person.email, otp=sent.code)
    assert refused(code) == (403, "BANNED_USER")
    assert followed(client, sent.link).status_code in {302, 403}
    assert user(client) is None


def squat(lane: Lane) -> tuple[Person, list[Json]]:
    """Somebody who registered an address that is not theirs, and made every other way in that there is."""
    squatter, _ = with_second_factor(lane, proven=False)
    answer, made = register(squatter.client)
    assert answer.status_code == 200, answer.text
    key = done(squatter.client, "/api-key/create", name="back door")["key"]
    device = done(visitor(lane.url), "/device/code", client_id="cli")
    user_code = str(device["user_code"])
    assert squatter.client.get(f"/auth/v1/device?user_code={user_code}").status_code == 200
    done(squatter.client, "/device/approve", userCode=user_code)
    return squatter, [made["key"], key, device["device_code"]]


def shut_out(lane: Lane, squatter: Person, ways: list[Json]) -> None:
    passkey, key, device = ways
    answer, _ = sign_in_by_passkey(visitor(lane.url), passkey)
    assert refused(answer)[0] == 401
    script = httpx.Client(base_url=lane.url, headers={"x-api-key": str(key)})
    refused_by(get(script, "/notes"), 401, "AUTH_INVALID_TOKEN")
    asked: dict[str, Json] = {"grant_type": GRANT, "device_code": device, "client_id": "cli"}
    waiting = post(visitor(lane.url), "/device/token", **asked)
    assert (waiting.status_code, waiting.json()["error"]) == (400, "invalid_grant")
    assert user(squatter.client) is None


def test_a_squatter_keeps_no_way_in_when_the_owner_signs_in_by_mail(lane: Lane, ses: Ses) -> None:
    for path in ("/magic-link/send", "/email-otp/send-verification-otp"):
        (squatter, ways), owner = squat(lane), visitor(lane.url)
        done(owner, path, email=squatter.email, type="sign-in")
        sent = ses.mail(squatter.email)
        if path == "/magic-link/send":
            followed(owner, sent.link)
        else:
            done(owner, "/email-otp/verify-otp", email=squatter.email, otp=sent.code)
        found = user(owner)
        assert found and (found["id"], found["emailVerified"]) == (squatter.user_id, True)
        shut_out(lane, squatter, ways)


def test_a_squatter_keeps_no_way_in_when_the_owner_resets_the_password(lane: Lane, ses: Ses) -> None:
    squatter, ways = squat(lane)
    done(visitor(lane.url), "/request-password-reset", email=squatter.email, redirectTo="/new-password")
    target = urlsplit(followed(visitor(lane.url), ses.mail(squatter.email).link).headers["location"])
    token = parse_qs(target.query)["token"][0]
    done(visitor(lane.url), "/reset-password", token=token, newPassword="another long password")
    shut_out(lane, squatter, ways)
    owner = visitor(lane.url)
    done(owner, "/sign-in/email", email=squatter.email, password="another long password")
    assert user(owner) is not None


@contextmanager
def unending(lane: Lane) -> Iterator[None]:
    """As long as this lasts, nobody's passkeys can be removed."""
    lane.sql("AUTH_DB", "create trigger kept before delete on passkey begin select raise(abort, 'kept'); end")
    try:
        yield
    finally:
        lane.sql("AUTH_DB", "drop trigger kept")


def test_nobody_signs_in_by_mail_while_what_others_made_cannot_be_ended(lane: Lane, ses: Ses) -> None:
    (squatter, _), owner = squat(lane), visitor(lane.url)
    done(owner, "/magic-link/send", email=squatter.email)
    link = ses.mail(squatter.email).link
    with unending(lane):
        assert refused(followed(owner, link))[0] == 500
    assert user(owner) is None


def test_neither_does_anybody_reset_a_password(lane: Lane, ses: Ses) -> None:
    (squatter, _), owner = squat(lane), visitor(lane.url)
    done(owner, "/request-password-reset", email=squatter.email, redirectTo="/new-password")
    target = urlsplit(followed(owner, ses.mail(squatter.email).link).headers["location"])
    body: dict[str, Json] = {"token": parse_qs(target.query)["token"][0], "newPassword": "another password"}
    with unending(lane):
        assert refused(post(owner, "/reset-password", **body))[0] == 500


def test_a_second_factor_is_asked_for_after_a_password_too(lane: Lane) -> None:
    (person, uri), client = with_second_factor(lane), visitor(lane.url)
    answer = done(client, "/sign-in/email", email=person.email, password=PASSWORD)
    assert answer["twoFactorRedirect"] is True and user(client) is None
    done(client, "/two-factor/verify-totp", code=one_time(uri))
    assert user(client) is not None


def test_whoever_confirms_an_address_keeps_the_second_factor(lane: Lane, ses: Ses) -> None:
    person, _ = with_second_factor(lane, proven=False)
    done(person.client, "/send-verification-email", email=person.email)
    followed(person.client, ses.mail(person.email).link)
    rows = lane.sql("AUTH_DB", "select email_verified, two_factor_enabled from user where id = ?", person.user_id)
    assert rows == [{"email_verified": 1, "two_factor_enabled": 1}]


def test_whoever_proved_an_address_keeps_passkeys_and_keys(lane: Lane, ses: Ses) -> None:
    person = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set email_verified = 1 where id = ?", person.user_id)
    _, made = register(person.client)
    client = visitor(lane.url)
    done(client, "/magic-link/send", email=person.email)
    followed(client, ses.mail(person.email).link)
    answer, _ = sign_in_by_passkey(visitor(lane.url), made["key"])
    assert answer.status_code == 200, answer.text


def test_whoever_proved_an_address_keeps_a_passkey_when_the_password_is_reset(lane: Lane, ses: Ses) -> None:
    person = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set email_verified = 1 where id = ?", person.user_id)
    _, made = register(person.client)
    done(visitor(lane.url), "/request-password-reset", email=person.email, redirectTo="/new-password")
    target = urlsplit(followed(visitor(lane.url), ses.mail(person.email).link).headers["location"])
    done(visitor(lane.url), "/reset-password", token=parse_qs(target.query)["token"][0], newPassword="another password")
    answer, _ = sign_in_by_passkey(visitor(lane.url), made["key"])
    assert answer.status_code == 200, answer.text


def test_a_forgotten_password_is_set_anew_and_ends_every_session(lane: Lane, ses: Ses) -> None:
    person = sign_up(lane.url)
    done(visitor(lane.url), "/request-password-reset", email=person.email, redirectTo="/new-password")
    sent = ses.mail(person.email)
    answer = followed(visitor(lane.url), sent.link)
    target = urlsplit(answer.headers["location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{APP}/new-password"
    token = parse_qs(target.query)["token"][0]
    assert token not in stored(lane)
    done(visitor(lane.url), "/reset-password", token=token, newPassword="another long password")
    assert user(person.client) is None
    again = {"token": token, "newPassword": "a third long password"}
    assert refused(post(visitor(lane.url), "/reset-password", **again))[0] == 400
    old = {"email": person.email, "password": PASSWORD}
    assert visitor(lane.url).post("/auth/v1/sign-in/email", json=old).status_code == 401
    done(visitor(lane.url), "/sign-in/email", email=person.email, password="another long password")


def test_an_address_is_confirmed_by_link(lane: Lane, ses: Ses) -> None:
    person = sign_up(lane.url)
    done(person.client, "/send-verification-email", email=person.email, callbackURL="/confirmed")
    answer = followed(person.client, ses.mail(person.email).link)
    assert answer.headers["location"] == f"{APP}/confirmed"
    found = user(person.client)
    assert found and found["emailVerified"] is True


def with_second_factor(lane: Lane, *, proven: bool = True) -> tuple[Person, str]:
    """Somebody whose password is not enough, and the secret of their authenticator app."""
    person = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set email_verified = ? where id = ?", int(proven), person.user_id)
    uri = str(done(person.client, "/two-factor/enable", password=PASSWORD)["totpURI"])
    done(person.client, "/two-factor/verify-totp", code=one_time(uri))
    return person, uri


def test_a_code_is_no_way_round_the_second_factor(lane: Lane, ses: Ses) -> None:
    (person, uri), client = with_second_factor(lane), visitor(lane.url)
    done(client, "/email-otp/send-verification-otp", email=person.email, type="sign-in")
    answer = done(client, "/email-otp/verify-otp", email=person.email, otp=ses.mail(person.email).code)
    assert answer == {"twoFactorRedirect": True, "twoFactorMethods": ["totp"]}
    assert user(client) is None
    done(client, "/two-factor/verify-totp", code=one_time(uri))
    found = user(client)
    assert found and found["email"] == person.email


def test_neither_is_a_link(lane: Lane, ses: Ses) -> None:
    (person, uri), client = with_second_factor(lane), visitor(lane.url)
    done(client, "/magic-link/send", email=person.email, callbackURL="/welcome?from=mail")
    link = ses.mail(person.email).link
    answer = followed(client, link)
    assert answer.headers["location"] == f"{APP}/welcome?from=mail&twoFactor=true"
    assert user(client) is None
    refused_by(get(bearer(lane.url, answer.headers["set-auth-token"]), "/notes"), 401, "AUTH_MISSING")
    done(client, "/two-factor/verify-totp", code=one_time(uri))
    found = user(client)
    assert found and found["email"] == person.email


def test_a_link_without_a_page_says_that_the_second_factor_is_missing(lane: Lane, ses: Ses) -> None:
    (person, _), client = with_second_factor(lane), visitor(lane.url)
    done(client, "/magic-link/send", email=person.email)
    token = parse_qs(urlsplit(ses.mail(person.email).link).query)["token"][0]
    answer = client.get("/auth/v1/magic-link/verify", params={"token": token})
    assert "token" not in answer.text and "twoFactor=true" in answer.headers["location"]
    assert user(client) is None
