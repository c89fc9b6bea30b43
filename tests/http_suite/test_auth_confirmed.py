"""Who may have an account: whoever confirms an address, or nobody new."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.by_mail import address, post
from http_suite.client import get
from http_suite.client import refused as refused_by
from http_suite.ses import Ses, mailing
from lanes.identities import PASSWORD, Person, create_organization, invite, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json


@pytest.fixture(scope="module")
def confirmed(apps: Apps, kind: str, ses: Ses) -> Iterator[Lane]:
    with mailing(apps, kind, "confirmed", ses) as lane:
        yield lane


@pytest.fixture(scope="module")
def closed(apps: Apps, kind: str, ses: Ses) -> Iterator[Lane]:
    with mailing(apps, kind, "closed", ses) as lane:
        yield lane


def register(client: httpx.Client, email: str) -> httpx.Response:
    return post(client, "/sign-up/email", email=email, password=PASSWORD, name="Ada")


def users(lane: Lane, email: str) -> list[dict[str, Json]]:
    return lane.sql("AUTH_DB", "select email_verified from user where email = ?", email)


def test_nobody_signs_in_before_the_address_is_confirmed(confirmed: Lane, ses: Ses) -> None:
    client, email = visitor(confirmed.url), address()
    answer = register(client, email)
    assert (answer.status_code, answer.json()["token"]) == (200, None)
    refused_by(get(client, "/notes"), 401, "AUTH_MISSING")
    refused = post(client, "/sign-in/email", email=email, password=PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (403, "EMAIL_NOT_VERIFIED")
    sent = ses.mail(email)
    assert (sent.sender, sent.reply_to) == ("noreply@example.com", [])
    assert sent.subject == "Confirm your address for confirmed"
    assert client.get(sent.link).status_code == 302
    assert post(client, "/sign-in/email", email=email, password=PASSWORD).status_code == 200
    refused_by(get(client, "/notes"), 403, "ACCESS_NO_ORG")


def test_a_password_that_is_too_long_makes_no_account(confirmed: Lane) -> None:
    email = address()
    answer = post(visitor(confirmed.url), "/sign-up/email", email=email, password="p" * 65, name="Ada")
    assert answer.status_code == 400
    assert users(confirmed, email) == []


def test_a_password_that_is_too_short_makes_no_account(confirmed: Lane) -> None:
    email = address()
    answer = post(visitor(confirmed.url), "/sign-up/email", email=email, password="elevenchars", name="Ada")
    assert (answer.status_code, answer.json()["code"]) == (400, "PASSWORD_TOO_SHORT")
    assert users(confirmed, email) == []


def test_a_code_confirms_as_well_and_has_no_link_without_the_plugin_for_links(confirmed: Lane, ses: Ses) -> None:
    client, email = visitor(confirmed.url), address()
    register(client, email)
    ses.mail(email)
    post(client, "/email-otp/send-verification-otp", email=email, type="sign-in")
    sent = ses.mail(email)
    assert "http" not in sent.text
    assert post(client, "/email-otp/verify-otp", email=email, otp=sent.code).status_code == 200
    assert users(confirmed, email) == [{"email_verified": 1}]


def test_a_link_that_was_changed_confirms_nothing(confirmed: Lane, ses: Ses) -> None:
    email = address()
    register(visitor(confirmed.url), email)
    link = urlsplit(ses.mail(email).link)
    head, payload, signature = link.query.removeprefix("token=").split("&")[0].split(".")
    forged = f"{link.scheme}://{link.netloc}{link.path}?token={head}.{payload}.{signature[::-1]}"
    assert visitor(confirmed.url).get(forged).status_code == 401
    assert users(confirmed, email) == [{"email_verified": 0}]


def test_registering_does_not_tell_who_has_an_account(confirmed: Lane, ses: Ses) -> None:
    known, unknown = address(), address()
    register(visitor(confirmed.url), known)
    ses.mail(known)
    answers = [register(visitor(confirmed.url), email) for email in (known, unknown)]
    ses.mail(unknown)
    assert [answer.status_code for answer in answers] == [200, 200]
    first, second = (answer.json() for answer in answers)
    assert first.keys() == second.keys() and first["user"].keys() == second["user"].keys()
    assert len(users(confirmed, known)) == 1


def test_nobody_registers_while_mail_cannot_be_sent(apps: Apps, kind: str) -> None:
    with apps.separate("confirmed", kind, {}) as lane:
        email = address()
        answer = register(visitor(lane.url), email)
        assert (answer.status_code, answer.json()["code"]) == (503, "MISSING_ENV")
        assert users(lane, email) == []


def test_an_invitation_without_a_page_that_accepts_it_is_not_mailed(confirmed: Lane, ses: Ses) -> None:
    client, email, guest = visitor(confirmed.url), address(), address()
    register(client, email)
    client.get(ses.mail(email).link)
    signed_in = post(client, "/sign-in/email", email=email, password=PASSWORD).json()
    founder = Person(client, email, signed_in["user"]["id"])
    create_organization(founder)
    before = len(confirmed.log)
    invite(founder, guest, "member")
    post(client, "/email-otp/send-verification-otp", email=guest, type="sign-in")
    assert ses.mail(guest).subject == "Your code for confirmed"
    assert confirmed.log[before:] == ""


def upgraded(lane: Lane, **body: Json) -> tuple[Json, Json]:
    """What the answer says of verifying, and whether the database counts the address as verified."""
    client = visitor(lane.url)
    user_id = post(client, "/sign-in/anonymous").json()["user"]["id"]
    answer = post(client, "/upgrade-anonymous", **body)
    assert answer.status_code == 200, answer.text
    [row] = lane.sql("AUTH_DB", "select email_verified from user where id = ?", user_id)
    return answer.json()["verificationRequired"], row["email_verified"]


def test_an_address_of_an_upgrade_is_still_to_be_verified(confirmed: Lane) -> None:
    assert upgraded(confirmed, email=address(), name="Ada") == (True, 0)
    assert upgraded(confirmed, name="Ada") == (False, 0)


def test_an_address_of_an_upgrade_is_believed_where_the_config_says_so(closed: Lane) -> None:
    assert upgraded(closed, email=address()) == (False, 1)
    assert upgraded(closed, name="Ada") == (False, 0)


def test_where_registering_is_closed_it_is_so_without_mail_too(apps: Apps, kind: str) -> None:
    with apps.separate("closed", kind, {}) as lane:
        answer = register(visitor(lane.url), address())
        assert (answer.status_code, answer.json()["code"]) == (400, "EMAIL_PASSWORD_SIGN_UP_DISABLED")


def test_where_registering_is_closed_mail_makes_no_accounts(closed: Lane, ses: Ses) -> None:
    client, email = visitor(closed.url), address()
    assert register(client, email).status_code == 400
    assert post(client, "/email-otp/send-verification-otp", email=email, type="sign-in").json() == {"success": True}
    assert post(client, "/magic-link/send", email=email).json() == {"status": True}
    sent = ses.mail(email)
    assert sent.subject == "Sign in to closed"
    assert "error=new_user_signup_disabled" in client.get(sent.link).headers["location"]
    assert client.get("/auth/v1/get-session").json() is None
    assert users(closed, email) == []


def test_those_who_have_an_account_still_sign_in(closed: Lane, ses: Ses) -> None:
    email = address()
    columns = "id, name, email, email_verified, created_at, updated_at"
    closed.sql("AUTH_DB", f"insert into user ({columns}) values (?, 'Ada', ?, 1, 0, 0) returning id", email, email)
    client = visitor(closed.url)
    post(client, "/email-otp/send-verification-otp", email=email, type="sign-in")
    assert post(client, "/email-otp/verify-otp", email=email, otp=ses.mail(email).code).status_code == 200
    assert client.get("/auth/v1/get-session").json()["user"]["email"] == email
