"""What tests say to a booted API: people with roles, short calls, and what an answer must be."""

from dataclasses import dataclass

import httpx

from lanes.identities import Person, colleague, owner
from qb_compiler.model.literal import Json

API = "/api/v1"
Record = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Team:
    """One organization and somebody for each usual role."""

    owner: Person
    admin: Person
    member: Person

    @classmethod
    def founded(cls, url: str, name: str) -> "Team":
        founder = owner(url, name)
        return cls(founder, colleague(founder, "admin"), colleague(founder, "member"))

    @property
    def id(self) -> str:
        assert self.owner.organization
        return self.owner.organization


def call(person: Person | httpx.Client, verb: str, path: str, body: Json = None, **headers: str) -> httpx.Response:
    """One request to the API; a body is sent as JSON."""
    client = person.client if isinstance(person, Person) else person
    shown = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None and verb in {"GET", "DELETE"}:
        return client.request(verb, f"{API}{path}", headers=shown)
    return client.request(verb, f"{API}{path}", json=body, headers=shown)


def get(person: Person | httpx.Client, path: str) -> httpx.Response:
    return call(person, "GET", path)


def made(person: Person, path: str, **values: Json) -> Record:
    """The record that a create answered with."""
    response = call(person, "POST", path, values)
    assert response.status_code == 201, response.text
    record = response.json()
    assert isinstance(record, dict)
    return record


def data(response: httpx.Response) -> list[Record]:
    """The rows of a list."""
    assert response.status_code == 200, response.text
    rows = response.json()["data"]
    assert isinstance(rows, list)
    return rows


def refused(response: httpx.Response, status: int, code: str) -> Record:
    """The body of a refusal, which always has one shape."""
    assert response.status_code == status, response.text
    body = response.json()
    assert body["code"] == code, body
    assert list(body) == [key for key in ("error", "layer", "code", "hint", "details", "requestId") if key in body], (
        body
    )
    assert {"error", "layer", "code", "hint", "requestId"} <= set(body), body
    assert response.headers["x-request-id"] == body["requestId"]
    return body


def without_id(body: Record) -> Record:
    """A refusal without the one thing that differs between requests."""
    return {key: value for key, value in body.items() if key != "requestId"}
