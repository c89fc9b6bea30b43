"""Sign-in by mail: links, codes, invitations, and what they tell of; SES is a local server."""

from collections.abc import Iterator
from email.header import decode_header, make_header
from urllib.parse import parse_qs, urlsplit

import pytest

from http_suite.apps import Apps
from http_suite.by_mail import APP, address, done, followed, post, refused, stored, user
from http_suite.client import get
from http_suite.ses import Ses, mailing, signing_key
from lanes.identities import accept, create_organization, invite, sign_in, sign_up, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json

NAME = 'Café, "5" <o\'clock> — 茶とビスケット'


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str, ses: Ses) -> Iterator[Lane]:
    with mailing(apps, kind, "passwordless", ses) as lane:
        yield lane


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
    lead = "Open this link to sign in to Tea & Biscuits. It works once, within 5 minutes."
    assert sent.text == f"{lead}\n\n{sent.link}\n\nIf you did not expect this, ignore it: nothing happens then."
    assert sent.html.startswith(f"<p>{lead.replace('&', '&#38;')}</p>\n<p><a href=")
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
    lead = "This code, or else this link, lets you sign in at Tea & Biscuits. It works once, within 5 minutes."
    assert sent.text.startswith(f"{lead}\n\n{sent.code}\n\n{sent.link}\n\n")
    assert sent.code in sent.html and parse_qs(urlsplit(sent.link).query)["token"][0] not in stored(lane)
    assert followed(client, sent.link).headers["location"] == f"{APP}/"
    found = user(client)
    assert found and (found["email"], found["emailVerified"]) == (email, True)
    assert "error=INVALID_TOKEN" in followed(visitor(lane.url), sent.link).headers["location"]
    done(client, "/email-otp/send-verification-otp", email=email, type="email-verification")
    sent = ses.mail(email)
    lead = "This code lets you confirm your address at Tea & Biscuits. It works once, within 5 minutes."
    assert sent.text.startswith(f"{lead}\n\n{sent.code}\n\nIf you did not")


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
    before = len(lane.log)
    answer = post(visitor(lane.url), "/email-otp/send-verification-otp", email=person.email, type="forget-password")
    sent = ses.mail(person.email)
    ses.status = 200
    assert answer.json() == {"success": True}
    lane.await_log(
        'A mail was not sent: Error: SES answered 400: {"message": "Email address is not verified."}', before
    )
    assert sent.code not in lane.log


def test_a_mail_that_ses_takes_is_no_news(lane: Lane, ses: Ses) -> None:
    before, email = len(lane.log), address()
    done(visitor(lane.url), "/magic-link/send", email=email)
    ses.mail(email)
    ses.status = 400
    done(visitor(lane.url), "/magic-link/send", email=email)
    ses.mail(email)
    ses.status = 200
    lane.await_log("SES answered 400", before)
    assert lane.log[before:].count("A mail was not sent") == 1


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
