"""Runs the project that a page shows, and plays the people whom its examples name."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx

from docs.fences import all_fences
from docs.samples import CONFIG_FILE, config
from lanes.identities import Person, accept, create_organization, invite, sign_in, sign_up, visitor
from lanes.lane import NodeLane
from qb_compiler import compile_project
from qb_compiler.diagnostics.render.concise import render

SECRET = {"BETTER_AUTH_SECRET": "0123456789abcdef0123456789abcdef"}


@contextmanager
def boot(files: Mapping[str, str], root: Path, variables: Mapping[str, str] = SECRET) -> Iterator[NodeLane]:
    """A project of these files, compiled and running."""
    for path, text in {CONFIG_FILE: config(), **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    result = compile_project(root)
    assert result.ok, render(result.diagnostics)
    with NodeLane.of(root, vars={**SECRET, **variables}) as lane:
        yield lane


def booted(page: str, root: Path, variables: Mapping[str, str] = SECRET) -> AbstractContextManager[NodeLane]:
    """The project whose files a page shows."""
    fences = (fence for fence in all_fences("ts", "json") if fence.topic == page and "file" in fence.info)
    return boot({fence.info["file"]: fence.text for fence in fences}, root, variables)


def operator(lane: NodeLane) -> Person:
    """A platform admin, made as the pages say: in the database."""
    person = sign_up(lane.url)
    lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", person.user_id)
    return sign_in(lane.url, person.email)


class People:
    """Clients by the names that examples use; each person comes into being when first named.

    `owner` founds an organization, `stranger` another one, `operator` is a platform admin, `user` belongs to nothing,
    `nobody` is not signed in. Any other name is a role in the owner's organization.
    """

    def __init__(self, lane: NodeLane) -> None:
        self._lane = lane
        self._known: dict[str, Person] = {}

    @property
    def url(self) -> str:
        return self._lane.url

    def client(self, name: str) -> httpx.Client:
        return visitor(self._lane.url) if name == "nobody" else self.person(name).client

    def person(self, name: str) -> Person:
        if name not in self._known:
            self._known[name] = self._made(name)
        return self._known[name]

    def _made(self, name: str) -> Person:
        person = sign_up(self._lane.url, name=name.capitalize(), email=f"{name}@example.com")
        if name == "operator":
            self._lane.sql("AUTH_DB", "update user set role = 'admin' where id = ?", person.user_id)
            return sign_in(self._lane.url, person.email)
        if name in {"owner", "stranger"}:
            create_organization(person, "Acme" if name == "owner" else "Other")
        elif name != "user":
            accept(person, invite(self.person("owner"), person.email, name))
        return person
