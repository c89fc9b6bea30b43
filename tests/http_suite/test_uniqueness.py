"""A duplicate is refused; who sees the column masked is not told which one it was."""

import pytest

from http_suite.apps import Apps
from http_suite.client import Team, call, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json

WHO = pytest.mark.parametrize(("who", "details"), [("owner", {"column": "organizationId, engraving"}), ("admin", None)])
DUPLICATE: Json = {"label": "copy", "engraving": "N-17"}


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("custom", kind)


@pytest.fixture(scope="module", autouse=True)
def _taken(acme: Team) -> None:
    made(acme.owner, "/door-keys", label="first", engraving="N-17")


@WHO
def test_a_duplicate_names_the_column_to_those_who_see_it(acme: Team, who: str, details: Json) -> None:
    caller = getattr(acme, who)
    assert refused(call(caller, "POST", "/door-keys", DUPLICATE), 409, "UNIQUE_VIOLATION").get("details") == details


@WHO
def test_batches_say_no_more_than_single_calls(acme: Team, who: str, details: Json) -> None:
    records: list[Json] = [{"label": "other"}, DUPLICATE]
    [error] = call(getattr(acme, who), "POST", "/door-keys/batch", {"records": records}).json()["errors"]
    assert (error["index"], error["error"]["code"]) == (1, "UNIQUE_VIOLATION")
    assert error["error"].get("details") == details
    atomic: Json = {"records": records, "options": {"atomic": True}}
    answer = refused(call(getattr(acme, who), "POST", "/door-keys/batch", atomic), 400, "BATCH_ATOMIC_FAILED")
    assert isinstance(answer["details"], dict)
    reason = answer["details"]["errorDetails"]
    assert isinstance(reason, dict)
    assert (answer["details"]["failedAt"], reason["code"], reason.get("details")) == (1, "UNIQUE_VIOLATION", details)


def test_another_organization_uses_the_same_value(globex: Team) -> None:
    assert call(globex.owner, "POST", "/door-keys", DUPLICATE).status_code == 201
