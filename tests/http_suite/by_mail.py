"""Steps of signing in by mail."""

import httpx

from lanes.identities import unique
from lanes.lane import Lane
from qb_compiler.model.literal import Json

APP = "https://account.example.com"


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
