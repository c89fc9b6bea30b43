"""JWTs as the API makes them, and as an attacker would like to: written here from the RFCs, with nothing of the API."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from typing import cast

import httpx

from http_suite.client import call
from lanes.identities import Person, visitor
from lanes.worker import SECRET
from qb_compiler.model.literal import Json

Claims = dict[str, Json]
HEADER: Mapping[str, Json] = {"alg": "HS256", "typ": "JWT"}


def derived_key(secret: str = SECRET) -> bytes:
    """RFC 5869 for one block: the key that tokens are signed with."""
    extracted = hmac.digest(bytes(32), secret.encode(), "sha256")
    return hmac.digest(extracted, b"quickback/jwt\x01", "sha256")


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(part: str) -> Claims:
    return cast(Claims, json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def claims_of(token: str) -> Claims:
    return decoded(token.split(".")[1])


def signed(claims: Mapping[str, Json], key: bytes, header: Mapping[str, Json] = HEADER, digest: str = "sha256") -> str:
    text = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{text}.{encoded(hmac.digest(key, text.encode(), digest))}"


def good(url: str, person: Person, **changes: Json) -> Claims:
    """Claims of a valid token of the person, with changes; None leaves one out."""
    now = int(time.time())
    claims: Claims = {
        "sub": person.user_id, "sid": "forged", "orgId": person.organization, "role": "owner", "userRole": "user",
        "email": person.email, "name": "Owner", "iat": now, "exp": now + 60,
        "iss": f"{url}/auth/v1", "aud": f"{url}/api/v1",
    }  # fmt: skip
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


def minted(person: Person | httpx.Client, **headers: str) -> str:
    """What `POST /api/v1/token` answers with."""
    answer = call(person, "POST", "/token", {}, **headers)
    assert answer.status_code == 200, answer.text
    assert list(answer.json()) == ["token"]
    return str(answer.json()["token"])


def bearer(url: str, token: str) -> httpx.Client:
    """A client that has a token and nothing else: no cookie, no origin."""
    client = visitor(url)
    del client.headers["origin"]
    client.headers["authorization"] = f"Bearer {token}"
    return client
