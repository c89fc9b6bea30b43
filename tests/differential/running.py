"""Boots generated projects, brings the people in over HTTP, sends requests and compares answers with the model's."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast
from urllib.parse import quote

import httpx

from differential.assembling import assemble
from differential.database import Database
from differential.people import identities, resolve
from differential.printer import write_project
from lanes.lane import Lane, NodeLane
from model.answer import Sent, differences, row_differences
from model.definition import Json, Project, Raw, Request, Rows
from model.semantics import expected
from model.trail import leaves_trail
from qb_compiler import compile_project

_address = itertools.count(1)


@dataclass(frozen=True)
class Mismatch:
    """A request whose answer, or whose rows afterwards, are not the model's."""

    group: Project
    rows: Rows
    request: Request
    wanted: object
    got: str
    problems: tuple[str, ...]

    @property
    def signature(self) -> str:
        """What kind of difference it is: its first problem without the values."""
        return re.sub(r"\[[^]]*\]|\d+", "", self.problems[0].partition(": expected")[0])[:60] + self.got[:3]

    def __str__(self) -> str:
        head = f"{self.request.identity}: {self.request.method} {self.request.path} {self.request.query or ''}"
        return "\n  ".join([head, f"body {self.request.body!r}", *self.problems[:6], f"got {self.got[:600]}"])


class Running:
    """A booted project with its people."""

    def __init__(self, lane: Lane, *, organizations: bool = True, teams: bool = False) -> None:
        self.lane = lane
        self.database = Database(lane)
        self.people, self.symbols = assemble(lane, organizations=organizations, teams=teams)
        self.identities = identities(self.symbols)
        self._dirty: Project | None = None

    def send(self, request: Request) -> httpx.Response:
        """Sends a request whose symbols are resolved."""
        path = "/".join(quote(part, safe="") for part in request.path.split("/"))
        body = request.body
        content = body.text if isinstance(body, Raw) else None if body is None else json.dumps(body)
        number = next(_address)
        headers = {"cf-connecting-ip": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        if content is not None:
            headers["content-type"] = "application/json"
        client = self.people[request.identity]
        return client.request(
            request.method, f"/api/v1{path}", params=list(request.query), content=content, headers=headers
        )

    def resolved(self, request: Request) -> Request:
        """The request with ids for symbols."""
        query = tuple((name, self.symbols.get(value, value)) for name, value in request.query)
        if isinstance(request.body, Raw):
            return replace(request, query=query)
        return replace(request, query=query, body=cast(Json, resolve(request.body, self.symbols)))

    def load(self, group: Project, rows: Rows) -> Rows:
        """Puts rows into the database; returns them with real ids."""
        real = cast(Rows, resolve(dict(rows), self.symbols))
        self.database.reset(group, real)
        self._dirty = None
        return real

    def _trail_problems(self, group: Project, wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Calls across tenants and writes without a sign-in leave a trail; nothing else is in it."""
        found = self.database.take_trail() if leaves_trail(group) else []
        if found != list(wanted):
            yield f"trail: expected {wanted}, got {found}"

    def judge(self, group: Project, rows: Rows, request: Request) -> Mismatch | None:
        """Sends one request over fresh rows (symbols already resolved) and compares."""
        if self._dirty is not None:
            self.database.reset(self._dirty, rows)
            self._dirty = None
        asked = self.resolved(request)
        wanted = expected(group, self.identities, rows, asked)
        answer = self.send(asked)
        if request.method != "GET":
            self._dirty = group
        problems = list(_answer_problems(wanted.status, wanted.body, wanted.headers, answer))
        problems += self._trail_problems(group, wanted.trail)
        if request.method != "GET":
            problems += row_differences(wanted.rows, self.database.read(group))
        if not problems:
            return None
        return Mismatch(group, rows, request, wanted, f"{answer.status_code} {answer.text}", tuple(problems))


def _answer_problems(status: int, body: object, headers: Mapping[str, str], answer: httpx.Response) -> Iterator[str]:
    if answer.status_code != status:
        yield f"status: expected {status}, got {answer.status_code}"
    yield from _body_problems(body, answer)
    for name, value in headers.items():
        if answer.headers.get(name) != value:
            yield f"header {name}: expected {value}, got {answer.headers.get(name)}"
    if status < 400:
        yield from _caching_problems(answer)


def _body_problems(body: object, answer: httpx.Response) -> Iterator[str]:
    if isinstance(body, Sent):
        if answer.text != body.text:
            yield f"body: expected {body.text!r}, got {answer.text[:200]!r}"
        return
    try:
        got = answer.json()
    except ValueError:
        yield f"body: not JSON: {answer.text[:200]!r}"
        return
    yield from differences(body, got)


def _caching_problems(answer: httpx.Response) -> Iterator[str]:
    if "private" not in answer.headers.get("cache-control", ""):
        yield f"header cache-control: not private: {answer.headers.get('cache-control')}"
    vary = {name.strip().lower() for name in answer.headers.get("vary", "").split(",")}
    if not {"cookie", "authorization"} <= vary:
        yield f"header vary: {sorted(vary)}"


@contextmanager
def running(folder: Path, groups: Sequence[Project], kind: type[Lane] = NodeLane) -> Iterator[Running]:
    """Compiles the groups as one project and boots it."""
    write_project(folder, groups)
    result = compile_project(folder)
    assert result.ok, "\n".join(f"{one.code} {one.message}" for one in result.diagnostics if one.level.name == "ERROR")
    with kind.of(folder) as lane:
        yield Running(lane, organizations=groups[0].organizations, teams=groups[0].teams)
