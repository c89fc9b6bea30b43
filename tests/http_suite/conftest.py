"""Every test here runs twice: over the Workers bundle in Node, and in workerd."""

from collections.abc import Iterator

import pytest

from http_suite.apps import LANES, OTHER_APPS, Apps
from http_suite.client import Team
from http_suite.ses import Ses
from lanes.lane import Lane


@pytest.fixture(scope="session")
def apps(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apps]:
    others = pytestconfig.stash.get(OTHER_APPS, None)
    running = others() if others else Apps(tmp_path_factory.mktemp("apps"))
    yield running
    running.stop()


@pytest.fixture(scope="module", params=list(LANES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("hiring", kind)


@pytest.fixture(scope="module")
def ses() -> Iterator[Ses]:
    """Where mails go."""
    with Ses() as server:
        yield server


@pytest.fixture(scope="module")
def acme(lane: Lane) -> Team:
    """An organization with an owner, an admin and a member."""
    return Team.founded(lane.url, "Acme")


@pytest.fixture(scope="module")
def globex(lane: Lane) -> Team:
    """Another organization, as different tenants are."""
    return Team.founded(lane.url, "Globex")
