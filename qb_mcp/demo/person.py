"""Somebody with a browser: keeps cookies, sends its Origin, and sees what the API answers."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from qb_mcp.clients.json_value import Json
from qb_mcp.errors import QbError

_PASSWORD = "a password for the demo only"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status and the decoded body."""

    status: int
    body: Json

    def text(self, key: str) -> str:
        """A member of the body, as text; empty where there is none."""
        value = self.body.get(key) if isinstance(self.body, Mapping) else None
        return "" if value is None else str(value)

    def object(self, key: str) -> Mapping[str, Json]:
        """A member of the body that is an object."""
        value = self.body.get(key) if isinstance(self.body, Mapping) else None
        return value if isinstance(value, Mapping) else {}


@dataclass(slots=True)
class Person:
    """One user of the API at `url`."""

    url: str
    name: str
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.com"

    def call(self, method: str, path: str, body: Json = None) -> Answer:
        """One request."""
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port, timeout=60)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), self._headers(body))
            response = connection.getresponse()
            raw = response.read()
            self._keep(response.headers.get_all("set-cookie") or [])
        except OSError as error:
            raise QbError(f"{method} {path}: no answer ({error})", "the log of the server says more") from error
        finally:
            connection.close()
        return Answer(response.status, _decoded(raw))

    def sign_up(self) -> None:
        """Make an account and sign in."""
        self._expect("/auth/v1/sign-up/email", {"email": self.email, "password": _PASSWORD, "name": self.name})
        if not self.cookies:
            self._expect("/auth/v1/sign-in/email", {"email": self.email, "password": _PASSWORD})

    def found(self, organization: str) -> str:
        """Create an organization, which makes this person its owner, and work in it."""
        slug = organization.lower().replace(" ", "-")
        made = self._expect("/auth/v1/organization/create", {"name": organization, "slug": slug})
        identifier = made.text("id")
        self.enter(identifier)
        return identifier

    def enter(self, organization: str) -> None:
        """Make an organization the active one."""
        self._expect("/auth/v1/organization/set-active", {"organizationId": organization})

    def invite(self, other: "Person", role: str) -> None:
        """Bring somebody into the active organization."""
        invitation = self._expect("/auth/v1/organization/invite-member", {"email": other.email, "role": role})
        joined = other._expect("/auth/v1/organization/accept-invitation", {"invitationId": invitation.text("id")})
        other.enter(str(joined.object("member").get("organizationId", "")))

    def _expect(self, path: str, body: Json) -> Answer:
        answer = self.call("POST", path, body)
        if answer.status >= 300:
            raise QbError(f"POST {path} answered {answer.status}", json.dumps(answer.body))
        return answer

    def _headers(self, body: Json) -> dict[str, str]:
        headers = {"origin": self.url, "accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/json"
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name.strip()] = value


def _decoded(raw: bytes) -> Json:
    try:
        value: Json = json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")[:300]
    return value
