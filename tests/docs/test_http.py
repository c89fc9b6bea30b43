"""HTTP examples are real: each is sent to the compiled full example, and it answers as the page shows.

    ```http
    POST /api/v1/candidates as recruiter
    { "name": "Ada", "email": "ada@example.com", "jobId": "jbs_7c2a" }

    201
    { "id": "cnd_5d0c", … }
    ```

`:id` in a path is the sample job or candidate, and so is an id with the prefix of one in a body. Ids and times of an
answer may differ from those shown. `QB_UPDATE=1` writes the answers into the pages.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from docs.fences import Fence, all_fences
from lanes.identities import colleague, owner, visitor
from lanes.lane import NodeLane
from qb_compiler import compile_project
from qb_compiler.diagnostics.render.concise import render
from qb_mcp import assets

EXAMPLES = all_fences("http")
PROJECT = "compiler/getting-started/full-example"
REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (\S+)(?: as (\w+))?$")
STATUS = re.compile(r"^(\d{3})$", re.MULTILINE)
VARYING = re.compile(
    r"[a-z]{3}_[0-9a-f]{4,32}(?![0-9a-f])|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|W/\"[0-9a-f]+\""
    r"|(?<=\": \")[A-Za-z0-9]{32}(?=\")"
)


@dataclass(frozen=True)
class Exchange:
    """What a block shows: the request, and the status, headers and body of its answer."""

    method: str
    path: str
    caller: str
    body: str
    answer: str


@dataclass(frozen=True)
class World:
    """The booted example with its people and one job and candidate."""

    callers: dict[str, httpx.Client]
    job: str
    candidate: str

    def filled(self, text: str) -> str:
        """A path or body with the ids of the sample rows."""
        text = re.sub(r"jbs_[0-9a-f]+|(?<=/jobs/):id", self.job, text)
        return re.sub(r"cnd_[0-9a-f]+|(?<=/candidates/):id", self.candidate, text)


def read_exchange(text: str) -> Exchange:
    first, _, rest = text.partition("\n")
    match = REQUEST.match(first)
    assert match, f"`{first}` is not METHOD PATH [as WHOM]"
    status = STATUS.search(rest)
    assert status, "an example shows the status of its answer on a line of its own"
    body, answer = rest[: status.start()].strip(), rest[status.start() :].strip()
    return Exchange(match[1], match[2], match[3] or "recruiter", body, answer)


def files_of_the_example() -> dict[str, str]:
    return {fence.info["file"]: fence.text for fence in all_fences("ts") if fence.topic == PROJECT}


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeLane]:
    root = tmp_path_factory.mktemp("example")
    for path, text in files_of_the_example().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    result = compile_project(root)
    assert result.ok, render(result.diagnostics)
    with NodeLane.of(root, vars={"BETTER_AUTH_SECRET": "0123456789abcdef0123456789abcdef"}) as lane:
        yield lane


@pytest.fixture(scope="module")
def callers(lane: NodeLane) -> dict[str, httpx.Client]:
    boss = owner(lane.url)
    return {
        "owner": boss.client,
        "recruiter": colleague(boss, "recruiter").client,
        "member": colleague(boss, "member").client,
        "stranger": owner(lane.url, "Other").client,
        "nobody": visitor(lane.url),
    }


@pytest.fixture
def world(lane: NodeLane, callers: dict[str, httpx.Client]) -> World:
    """The people, and no rows but one job and one candidate."""
    for table in ("candidates", "jobs"):
        lane.sql("DB", f"delete from {table}")
    recruiter = callers["recruiter"]
    job = created(recruiter, "/api/v1/jobs", title="Backend engineer", salary=70_000)
    candidate = created(recruiter, "/api/v1/candidates", name="Ada Lovelace", email="ada@example.com", jobId=job)
    return World(callers, job, candidate)


def created(client: httpx.Client, path: str, **body: str | int) -> str:
    response = client.post(path, json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def send(world: World, exchange: Exchange) -> httpx.Response:
    client = world.callers[exchange.caller]
    path, body = world.filled(exchange.path), world.filled(exchange.body)
    if not body:
        return client.request(exchange.method, path)
    return client.request(exchange.method, path, content=body, headers={"Content-Type": "application/json"})


def shown(response: httpx.Response, headers: list[str]) -> str:
    """An answer as a page shows it."""
    lines = [str(response.status_code), *(f"{name}: {response.headers[name]}" for name in headers)]
    body = compact(response.json()) if response.content else ""
    return "\n".join([*lines, *([body] if body else [])])


def compact(value: object, indent: str = "") -> str:
    """JSON with what fits into a line on one."""
    flat = json.dumps(value, ensure_ascii=False)
    spaced = re.sub(r"^\{(.+)\}$", r"{ \1 }", flat)
    if len(indent) + len(spaced) <= 110 or not isinstance(value, dict | list) or not value:
        return spaced if isinstance(value, dict) and value else flat
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(key)}: {compact(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(f"{inner}{compact(item, inner)}" for item in value) + f"\n{indent}]"


def settled(text: str) -> str:
    """An answer without what differs from run to run."""
    head, brace, body = text.partition("{")
    value = json.dumps(json.loads(brace + body), indent=1) if brace else ""
    return VARYING.sub("…", head.strip() + "\n" + value)


@pytest.mark.parametrize("fence", EXAMPLES, ids=lambda fence: fence.name)
def test_an_example_answers_as_it_shows(fence: Fence, world: World) -> None:
    exchange = read_exchange(fence.text)
    headers = re.findall(r"^([A-Z][\w-]+): ", exchange.answer, re.MULTILINE)
    found = shown(send(world, exchange), headers)
    if os.environ.get("QB_UPDATE") and settled(found) != settled(exchange.answer):
        rewrite(fence, exchange.answer, found)
    else:
        assert settled(found) == settled(exchange.answer)


def rewrite(fence: Fence, old: str, new: str) -> None:
    path = Path(assets.docs_corpus()) / f"{fence.topic}.md"
    text = path.read_text(encoding="utf-8")
    updated = fence.text.replace(old, new)
    assert text.count(fence.text) == 1
    path.write_text(text.replace(fence.text, updated), encoding="utf-8")
