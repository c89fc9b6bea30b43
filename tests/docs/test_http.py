"""HTTP examples are real: each is sent to the compiled full example, and it answers as the page shows.

`:id` in a path is the sample job or candidate, and so is an id with the prefix of one in a body. Examples marked
`of=page` belong to the project that their own page shows, see `test_page_http.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from docs.booting import booted
from docs.exchanges import compare, read_exchange, send
from docs.fences import Fence, all_fences
from lanes.identities import colleague, owner, visitor
from lanes.lane import NodeLane

EXAMPLES = [fence for fence in all_fences("http") if "of" not in fence.info]
PROJECT = "compiler/getting-started/full-example"


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


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeLane]:
    with booted(PROJECT, tmp_path_factory.mktemp("example")) as lane:
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


@pytest.mark.parametrize("fence", EXAMPLES, ids=lambda fence: fence.name)
def test_an_example_answers_as_it_shows(fence: Fence, world: World) -> None:
    exchange = read_exchange(fence.text)
    client = world.callers[exchange.caller]
    compare(fence, exchange, send(client, exchange, world.filled(exchange.path), world.filled(exchange.body)))
