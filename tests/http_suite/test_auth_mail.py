"""Sign-in by mail: links, codes, forgotten passwords, confirmed addresses, invitations; SES is a local server."""

from collections.abc import Iterator
from email.header import decode_header, make_header
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from http_suite.apps import Apps
from http_suite.authenticator import register
from http_suite.authenticator import sign_in as sign_in_by_passkey
from http_suite.client import get
from http_suite.client import refused as refused_by
from http_suite.one_time import one_time
from http_suite.ses import VARIABLES, Ses, signing_key
from http_suite.tokens import bearer
from lanes.identities import PASSWORD, Person, accept, create_organization, invite, sign_in, sign_up, unique, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json

NAME = 'Café, "5" <o\'clock> — 茶とビスケット'
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
APP = "https://account.example.com"


@pytest.fixture(scope="module")
def ses() -> Iterator[Ses]:
    with Ses() as server:
        yield server


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str, ses: Ses) -> Iterator[Lane]:
    lane = apps.separate("passwordless", kind, VARIABLES)
    lane.outbound = ses.url
    with lane:
        yield lane


def address() -> str:
    return f"{unique('mail')}@example.com"


def post(client: httpx.Client, path: str, **body: Json) -> httpx.Response:
    return client.post(f"/auth/v1{path}", json=body)


def done(client: httpx.Client, path: str, **body: Json) -> dict[str, Json]:
    response = post(client, path, **body)
    assert response.status_code == 200, response.text
    answer = response.json()
    assert isinstance(answer, dict)
    return answer


def refused(response: httpx.Response) -> tuple[int, str]:
    body = response.json()
    assert {"error", "layer", "code", "hint", "requestId"} <= body.keys()
    return response.status_code, body["code"]


def followed(client: httpx.Client, link: str) -> httpx.Response:
    """The answer of the API to a link of a mail; where it leads on to is not visited."""
    assert link.startswith(str(client.base_url))
    return client.get(link)


def user(client: httpx.Client) -> dict[str, Json] | None:
    session = client.get("/auth/v1/get-session").json()
    return session["user"] if session else None


def stored(lane: Lane) -> str:
    """Everything that the table of pending confirmations holds."""
    rows = lane.sql("AUTH_DB", "select identifier, value from verification")
    return " ".join(f"{row['identifier']} {row['value']}" for row in rows)


def test_the_server_that_judges_signatures_derives_keys_as_aws_documents_it() -> None:
    key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830/us-east-1/iam/aws4_request")
    assert key.hex() == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"


def test_a_link_signs_in_once_and_leads_to_the_app(lane: Lane, ses: Ses) -> None:
    client, email = visitor(lane.url), address()
    assert done(client, "/magic-link/send", email=email, callbackURL="/welcome") == {"status": True}
    sent = ses.mail(email)
    token = parse_qs(urlsplit(sent.link).query)["token"][0]
    assert token not in stored(lane) and email not in sent.link
    answer = followed(client, sent.link)
    assert (answer.status_code, answer.headers["location"]) == (302, f"{APP}/welcome")
    found = user(client)
    assert found and (found["email"], found["emailVerified"]) == (email, True)
    again = visitor(lane.url)
    assert followed(again, sent.link).headers["location"] == f"{APP}/welcome?error=INVALID_TOKEN"
    assert user(again) is None


def test_what_a_mail_looks_like(lane: Lane, ses: Ses) -> None:
    email = address()
    done(visitor(lane.url), "/sign-in/magic-link", email=email, name="<b>Visit evil.example</b>")
    sent = ses.mail(email)
    name, at = sent.sender.rsplit(" ", 1)
    assert all(len(word) <= 75 for word in name.split(" "))
    assert (str(make_header(decode_header(name))), at) == (NAME, "<noreply@example.com>")
    assert sent.reply_to == ["help@example.com"]
    assert sent.subject == "Sign in to Tea & Biscuits"
    assert "Tea & Biscuits" in sent.text and "Tea &#38; Biscuits" in sent.html
    assert sent.link.replace("&", "&#38;") in sent.html
    assert "evil.example" not in sent.text + sent.html


@pytest.mark.parametrize("key", ["callbackURL", "newUserCallbackURL", "errorCallbackURL"])
def test_no_link_leads_to_a_page_that_is_not_trusted(lane: Lane, key: str) -> None:
    for target in ("https://evil.example/", "//evil.example", f"{APP}.evil.example"):
        answer = post(visitor(lane.url), "/magic-link/send", email=address(), **{key: target})
        assert answer.status_code == 403, answer.text


def test_a_code_signs_in_once(lane: Lane, ses: Ses) -> None:
    client, email = visitor(lane.url), address()
    assert done(client, "/email-otp/send-verification-otp", email=email, type="sign-in") == {"success": True}
    sent = ses.mail(email)
    assert sent.code not in stored(lane) and sent.code not in sent.subject
    done(client, "/email-otp/verify-otp", email=email, otp=sent.code)
    found = user(client)
    assert found and (found["email"], found["emailVerified"]) == (email, True)
    assert refused(post(visitor(lane.url), "/email-otp/verify-otp", email=email, otp=sent.code))[0] == 400


def test_the_mail_with_the_code_has_a_link_as_well(lane: Lane, ses: Ses) -> None:
    client, email = visitor(lane.url), address()
    done(client, "/email-otp/send-verification-otp", email=email, type="sign-in")
    sent = ses.mail(email)
    assert sent.code in sent.html and parse_qs(urlsplit(sent.link).query)["token"][0] not in stored(lane)
    assert followed(client, sent.link).headers["location"] == f"{APP}/"
    found = user(client)
    assert found and (found["email"], found["emailVerified"]) == (email, True)
    assert "error=INVALID_TOKEN" in followed(visitor(lane.url), sent.link).headers["location"]
    done(client, "/email-otp/send-verification-otp", email=email, type="email-verification")
    assert "http" not in ses.mail(email).text


def test_a_code_is_good_for_three_guesses_and_for_one_address(lane: Lane, ses: Ses) -> None:
    email, other = address(), address()
    done(visitor(lane.url), "/email-otp/send-verification-otp", email=email, type="sign-in")
    code = ses.mail(email).code
    assert refused(post(visitor(lane.url), "/email-otp/verify-otp", email=other, otp=code))[0] == 400
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    guesses = [post(visitor(lane.url), "/email-otp/verify-otp", email=email, otp=wrong) for _ in range(3)]
    assert [guess.status_code for guess in guesses] == [400, 400, 400]
    client = visitor(lane.url)
    assert refused(post(client, "/email-otp/verify-otp", email=email, otp=code)) == (403, "TOO_MANY_ATTEMPTS")
    assert user(client) is None


def test_a_code_for_one_purpose_is_good_for_no_other(lane: Lane, ses: Ses) -> None:
    person = sign_up(lane.url)
    done(visitor(lane.url), "/email-otp/send-verification-otp", email=person.email, type="email-verification")
    code = ses.mail(person.email).code
    client = visitor(lane.url)
    assert refused(post(client, "/email-otp/verify-otp", email=person.email, otp=code))[0] == 400
    done(client, "/email-otp/verify-email", email=person.email, otp=code)
    [row] = lane.sql("AUTH_DB", "select email_verified from user where email = ?", person.email)
    assert row == {"email_verified": 1}


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


def test_whoever_proved_an_address_keeps_passkeys_and_keys(lane: Lane, ses: Ses) -> None:
    person = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set email_verified = 1 where id = ?", person.user_id)
    _, made = register(person.client)
    client = visitor(lane.url)
    done(client, "/magic-link/send", email=person.email)
    followed(client, ses.mail(person.email).link)
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


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/request-password-reset", {}),
        ("/forget-password", {}),
        ("/send-verification-email", {}),
        ("/email-otp/request-password-reset", {}),
        ("/email-otp/send-verification-otp", {"type": "forget-password"}),
        ("/email-otp/send-verification-otp", {"type": "sign-in"}),
        ("/magic-link/send", {}),
    ],
    ids=str,
)
def test_an_address_with_an_account_is_answered_like_one_without(
    lane: Lane, ses: Ses, path: str, more: dict[str, Json]
) -> None:
    person, stranger = sign_up(lane.url), address()
    known = post(visitor(lane.url), path, email=person.email, **more)
    ses.mail(person.email)
    unknown = post(visitor(lane.url), path, email=stranger, **more)
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    if path == "/magic-link/send" or more.get("type") == "sign-in":
        ses.mail(stranger)


def test_a_mail_that_ses_refuses_tells_the_caller_nothing_and_the_log_everything_but_the_mail(
    lane: Lane, ses: Ses
) -> None:
    person, ses.status = sign_up(lane.url), 400
    answer = post(visitor(lane.url), "/email-otp/send-verification-otp", email=person.email, type="forget-password")
    sent = ses.mail(person.email)
    ses.status = 200
    assert answer.json() == {"success": True}
    lane.await_log("SES answered 400")
    assert "not verified" in lane.log
    assert sent.code not in lane.log


@pytest.mark.parametrize(
    ("path", "body", "allowed"),
    [
        ("/magic-link/send", {}, 5),
        ("/email-otp/send-verification-otp", {"type": "sign-in"}, 3),
        ("/request-password-reset", {}, 3),
        ("/email-otp/verify-otp", {"otp": "000000"}, 3),
    ],
    ids=str,
)
def test_a_visitor_asks_only_so_often(lane: Lane, ses: Ses, path: str, body: dict[str, Json], allowed: int) -> None:
    client = visitor(lane.url)
    addresses = [address() for _ in range(allowed + 1)]
    answers = [post(client, path, email=email, **body) for email in addresses]
    assert [answer.status_code == 429 for answer in answers] == [False] * allowed + [True]
    if path in {"/magic-link/send", "/email-otp/send-verification-otp"}:
        ses.mails(addresses[:-1])


def test_another_site_makes_nobody_ask_for_mail(lane: Lane) -> None:
    headers = {"origin": "https://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
    for path, more in (("/magic-link/send", {}), ("/email-otp/send-verification-otp", {"type": "sign-in"})):
        answer = visitor(lane.url).post(f"/auth/v1{path}", json={"email": address(), **more}, headers=headers)
        assert refused(answer)[0] == 403


def test_an_invitation_is_mailed_with_the_page_of_the_app(lane: Lane, ses: Ses) -> None:
    founder, email = sign_up(lane.url), address()
    create_organization(founder, "Visit evil.example")
    invitation = invite(founder, email, "member")
    sent = ses.mail(email)
    assert sent.link == f"{APP}/accept-invitation/{invitation}"
    assert founder.email in sent.text and "evil" not in sent.text
    guest = sign_up(lane.url, email=email)
    accept(guest, invitation)
    assert get(guest, "/notes").status_code == 200


def test_invitations_are_few(lane: Lane, ses: Ses) -> None:
    founder = sign_up(lane.url)
    create_organization(founder)
    emails = [address() for _ in range(11)]
    body = {"role": "member", "organizationId": founder.organization}
    answers = [post(founder.client, "/organization/invite-member", email=email, **body) for email in emails]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    ses.mails(emails[:-1])


def test_whether_mail_can_be_sent_is_no_secret(lane: Lane) -> None:
    client = visitor(lane.url)
    assert client.get("/api/v1/system/email-status").json() == {"emailConfigured": True}
    assert client.get("/auth/v1/ses/status").json() == {"emailConfigured": True, "provider": "aws-ses"}


def test_without_a_secret_everybody_gets_the_same_refusal(apps: Apps, kind: str) -> None:
    with apps.separate("passwordless", kind, {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE"}) as lane:
        person = sign_up(lane.url)
        assert visitor(lane.url).get("/api/v1/system/email-status").json() == {"emailConfigured": False}
        assert visitor(lane.url).get("/auth/v1/ses/status").json()["emailConfigured"] is False
        for path, more in (
            ("/magic-link/send", {}),
            ("/email-otp/send-verification-otp", {"type": "sign-in"}),
            ("/email-otp/request-password-reset", {}),
            ("/request-password-reset", {}),
            ("/send-verification-email", {}),
        ):
            known = post(visitor(lane.url), path, email=person.email, **more)
            unknown = post(visitor(lane.url), path, email=address(), **more)
            assert refused(known) == refused(unknown) == (503, "MISSING_ENV")
            assert known.json()["error"] == "Service misconfigured: AWS_SECRET_ACCESS_KEY must be set"
        assert lane.sql("AUTH_DB", "select id from verification") == []
        assert user(sign_in(lane.url, person.email).client) is not None
