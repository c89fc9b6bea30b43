"""People, only through the HTTP endpoints that real clients use: sign up, organizations, invitations.

`Person.client` is an httpx client with the session's cookies and a trusted Origin.
"""

import itertools
import os
import ssl
from dataclasses import dataclass, field

import httpx

PASSWORD = "correct horse battery staple"
_number = itertools.count(1)
_CERTIFICATES = ssl.create_default_context()
"""Read once: a client that reads them by itself takes longer to make than a sign-up takes."""


def unique(prefix: str) -> str:
    """A name that no other test, worker or run of this process takes."""
    return f"{prefix}-{os.getpid()}-{next(_number)}"


@dataclass(slots=True)
class Person:
    """Somebody with a session. `organization` is the active one's id."""

    client: httpx.Client
    email: str
    user_id: str
    organization: str | None = None
    _joined: list[str] = field(default_factory=list)


def _address() -> str:
    number = next(_number)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def visitor(url: str, *, origin: str | None = None) -> httpx.Client:
    """A client without a session, at an address of its own: sign-in limits count by address, as behind Cloudflare."""
    headers = {"origin": origin or url, "cf-connecting-ip": _address()}
    return httpx.Client(base_url=url, headers=headers, timeout=30, verify=_CERTIFICATES)


def sign_up(url: str, *, name: str = "Ada", email: str | None = None, origin: str | None = None) -> Person:
    """A new account, signed in."""
    client = visitor(url, origin=origin)
    address = email or f"{unique('person')}@example.com"
    answer = _post(client, "/auth/v1/sign-up/email", email=address, password=PASSWORD, name=name)
    user = answer["user"]
    assert isinstance(user, dict)
    return Person(client, address, str(user["id"]))


def sign_in(url: str, email: str, *, origin: str | None = None) -> Person:
    """A fresh session of an existing account."""
    client = visitor(url, origin=origin)
    answer = _post(client, "/auth/v1/sign-in/email", email=email, password=PASSWORD)
    user = answer["user"]
    assert isinstance(user, dict)
    return Person(client, email, str(user["id"]))


def create_organization(person: Person, name: str = "Acme") -> str:
    """A new organization that the person owns, made active."""
    answer = _post(person.client, "/auth/v1/organization/create", name=name, slug=unique("org"))
    organization = str(answer["id"])
    set_active(person, organization)
    return organization


def set_active(person: Person, organization: str | None) -> None:
    """Makes one of the person's organizations the session's active one (or none)."""
    _post(person.client, "/auth/v1/organization/set-active", organizationId=organization)
    person.organization = organization


def invite(inviter: Person, email: str, role: str) -> str:
    """Invites somebody into the inviter's active organization; returns the invitation's id."""
    answer = _post(
        inviter.client,
        "/auth/v1/organization/invite-member",
        email=email,
        role=role,
        organizationId=inviter.organization,
    )
    return str(answer["id"])


def accept(person: Person, invitation: str) -> None:
    """Accepts an invitation by its id and makes that organization active."""
    answer = _post(person.client, "/auth/v1/organization/accept-invitation", invitationId=invitation)
    member = answer["member"]
    assert isinstance(member, dict)
    set_active(person, str(member["organizationId"]))


def owner(url: str, name: str = "Acme") -> Person:
    """Somebody who owns a new organization."""
    person = sign_up(url, name="Owner")
    create_organization(person, name)
    return person


def colleague(inviter: Person, role: str) -> Person:
    """A new account in the inviter's active organization, holding `role`."""
    person = sign_up(str(inviter.client.base_url), name=role)
    accept(person, invite(inviter, person.email, role))
    return person


def _post(client: httpx.Client, path: str, **body: str | None) -> dict[str, object]:
    response = client.post(path, json=body)
    assert response.status_code == 200, f"{path}: {response.status_code} {response.text}"
    answer = response.json()
    return answer if isinstance(answer, dict) else {}
