"""Options that other projects leave as they are, and a list that none is left without a project that is run."""

import re
from pathlib import Path

import pytest

from http_suite.apps import PROJECTS, Apps
from http_suite.client import Team, call, data, get, made, refused
from lanes.identities import PASSWORD, visitor
from lanes.lane import Lane
from qb_compiler.model.literal import Json

COMPILER = Path(__file__).parents[2] / "compiler" / "qb_compiler"
READS = re.compile(r"\.(?:value|fields|boolean|string|whole|choice|texts|required|read|entry)\(\s*\"(\w+)\"")
NOT_OVER_HTTP = {
    "names of what is deployed": {
        "auditDatabaseId", "authDatabaseId", "featuresDatabaseId", "databaseId", "custom_domain", "customDomain",
    },
    "for the compile alone": {
        "failMode", "keyEnv", "keyId", "report", "signature", "securityContracts", "migrations", "renames", "tables",
        "generate",
    },
    "for people who look at the registry": {"inputHints", "layouts", "sections", "collapsed", "sideEffects", "cms"},
    "refused, or not generated yet": {
        "requireEmailVerification", "realtime", "embeddings", "guard", "order", "emailConfigured", "disableSignUp",
    },
    "of Drizzle": {"autoIncrement", "foreignColumns", "onConflict"},
    "another way to write what is run": {"isNull", "via", "batchUpsert", "config"},
}  # fmt: skip


@pytest.fixture(scope="module")
def lane(apps: Apps, kind: str) -> Lane:
    return apps.lane("tuned", kind)


def reading(team: Team, who: str = "owner", **values: Json) -> str:
    return str(
        made(getattr(team, who), "/readings", **{"degrees": 20, "takenAt": "2026-05-01T00:00:00Z", **values})["id"]
    )


def test_bindings_and_names_are_those_of_the_config(acme: Team, lane: Lane) -> None:
    id = reading(acme, degrees=1.5)
    [row] = lane.sql("ROWS", "select * from readings where id = ?", id)
    assert set(row) == {"id", "organization_id", "owner_id", "station_id", "degrees", "taken_at"}
    [user] = lane.sql("PEOPLE", "select emailVerified from users where id = ?", acme.owner.user_id)
    assert "emailVerified" in user


def test_variables_of_the_config_reach_actions_and_what_signs_sessions_does_not(acme: Team) -> None:
    answer = get(acme.member, "/readings/greet").json()
    assert answer["greeting"] == "hello" and "GREETING" in answer["names"]
    assert {"BETTER_AUTH_SECRET", "ROWS", "PEOPLE", "TRAIL"}.isdisjoint(answer["names"])


def test_the_trail_is_kept_where_the_config_says(acme: Team, lane: Lane) -> None:
    refused(call(acme.owner, "POST", "/readings/recall"), 403, "ACCESS_CROSS_TENANT_FORBIDDEN")
    [event] = lane.sql("TRAIL", "select result from auditEvents where actorUserId = ?", acme.owner.user_id)
    assert event == {"result": "denied"}


def test_what_is_not_published_is_not_there(acme: Team) -> None:
    refused(acme.owner.client.get("/openapi.json"), 404, "ROUTE_NOT_FOUND")
    refused(get(acme.owner, "/schema"), 404, "ROUTE_NOT_FOUND")


def test_a_session_lasts_as_long_as_the_config_says(acme: Team, lane: Lane) -> None:
    body = {"email": acme.owner.email, "password": PASSWORD}
    answer = visitor(lane.url).post("/auth/v1/sign-in/email", json=body)
    assert "Max-Age=172800" in answer.headers["set-cookie"]


def test_without_audit_fields_rows_have_none_and_go_for_good(acme: Team, lane: Lane) -> None:
    id = reading(acme)
    record = get(acme.owner, f"/readings/{id}").json()
    assert set(record) == {"id", "organizationId", "ownerId", "stationId", "station_label", "degrees", "takenAt"}
    assert re.fullmatch(r"rdn_[0-9a-f]{32}", id)
    assert call(acme.owner, "DELETE", f"/readings/{id}").json() == {"success": True, "id": id}
    assert lane.sql("ROWS", "select id from readings where id = ?", id) == []


def test_a_list_has_the_default_order_of_its_table(globex: Team) -> None:
    for degrees in (3, 30, -3):
        reading(globex, degrees=degrees)
    assert [row["degrees"] for row in data(get(globex.owner, "/readings"))] == [30, 3, -3]
    assert [row["degrees"] for row in data(get(globex.owner, "/readings?order=asc"))] == [-3, 3, 30]


def test_only_the_roles_that_are_named_see_rows_of_other_owners(acme: Team) -> None:
    id = reading(acme, "member")
    assert get(acme.owner, f"/readings/{id}").status_code == 200
    refused(get(acme.admin, f"/readings/{id}"), 403, "FIREWALL_NOT_FOUND")
    refused(call(acme.admin, "DELETE", f"/readings/{id}"), 403, "FIREWALL_NOT_FOUND")


@pytest.mark.parametrize(("degrees", "visible"), [(-11, False), (-10, False), (-9.5, True), (50, True), (50.5, False)])
def test_numbers_are_compared_at_their_bounds(acme: Team, degrees: float, visible: bool) -> None:
    assert get(acme.owner, f"/readings/{reading(acme, degrees=degrees)}").is_success is visible


@pytest.mark.parametrize(
    ("degrees", "taken_at", "allowed"),
    [
        (39.9, "2026-01-01T00:00:00Z", True),
        (40, "2026-01-01T00:00:00Z", False),
        (20, "2025-12-31T23:59:59Z", False),
        (20, "2026-01-01T00:30:00+01:00", False),
        (20, None, False),
    ],
)
def test_times_and_numbers_bind_a_write_together(acme: Team, degrees: float, taken_at: Json, allowed: bool) -> None:
    answer = call(acme.owner, "PATCH", f"/readings/{reading(acme, degrees=degrees, takenAt=taken_at)}", {"degrees": 7})
    assert answer.status_code == (200 if allowed else 403)


def test_a_batch_has_options_of_its_own(acme: Team) -> None:
    records: list[Json] = [{"id": reading(acme), "degrees": 1}, {"id": reading(acme), "degrees": 2}]
    assert call(acme.owner, "PATCH", "/readings/batch", {"records": records}).status_code == 200
    atomic: Json = {"records": records, "options": {"atomic": True}}
    refused(call(acme.owner, "PATCH", "/readings/batch", atomic), 400, "VALIDATION_FAILED")
    refused(call(acme.owner, "PATCH", "/readings/batch", {"records": [*records, *records]}), 400, "BATCH_SIZE_EXCEEDED")
    refused(call(acme.member, "PATCH", "/readings/batch", {"records": records}), 403, "ACCESS_ROLE_REQUIRED")


def test_the_database_takes_along_what_its_references_say(acme: Team) -> None:
    station = made(acme.owner, "/stations", name="Jungfraujoch")
    id = reading(acme, stationId=station["id"])
    assert call(acme.owner, "DELETE", f"/stations/{station['id']}").status_code == 200
    refused(get(acme.owner, f"/readings/{id}"), 403, "FIREWALL_NOT_FOUND")


@pytest.mark.parametrize("folder", ["config", "blocks"])
def test_every_option_is_used_by_a_project_that_this_suite_runs(folder: str) -> None:
    """The keys that the readers ask for; what no request can show is listed with its reason."""
    readers = [
        path for path in sorted((COMPILER / folder).rglob("*.py")) if path.parent.name not in {"realtime", "pages"}
    ]
    keys = {key for path in readers for key in READS.findall(path.read_text(encoding="utf-8"))}
    written = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PROJECTS.rglob("*.ts")))
    elsewhere = {key for names in NOT_OVER_HTTP.values() for key in names}
    assert len(keys) > 50
    assert sorted(key for key in keys - elsewhere if not re.search(rf"\b{key}\b", written)) == []
