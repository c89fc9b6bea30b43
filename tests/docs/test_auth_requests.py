"""Requests to `/auth/v1` that the documentation names exist, and do what the account pages claim."""

import re
from collections.abc import Iterator

import httpx
import pytest

from docs.booting import People, boot
from docs.samples import CONFIG_FILE, config, table
from lanes.identities import PASSWORD
from lanes.lane import NodeLane
from qb_compiler.config.plugins import BUILT_PLUGINS
from qb_mcp.corpus.load import bundled

NAMED = re.compile(r"`(GET|POST) (/auth/v1/[a-z/-]+[a-z])`")
REQUESTS = sorted({match.groups() for body in bundled().bodies.values() for match in NAMED.finditer(body)})
FILES = {
    CONFIG_FILE: config(auth=f"teams: true, plugins: {sorted(BUILT_PLUGINS)}".replace("'", '"')),
    "quickback/features/hiring/candidates.ts": table("candidates"),
}


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeLane]:
    """An app with every plugin that is built."""
    with boot(FILES, tmp_path_factory.mktemp("auth")) as lane:
        yield lane


@pytest.fixture
def people(lane: NodeLane) -> Iterator[People]:
    for name in ("user", "organization", "member", "session", "account", "invitation"):
        lane.sql("AUTH_DB", f"delete from {name}")
    yield People(lane)


def post(client: httpx.Client, path: str, **body: object) -> tuple[int, str]:
    response = client.post(f"/auth/v1{path}", json=body)
    answer = response.json() if response.content else {}
    return response.status_code, answer.get("code", "") if isinstance(answer, dict) else ""


def test_there_are_requests_to_send() -> None:
    assert len(REQUESTS) > 30


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_a_request_that_is_named_has_a_route(method: str, path: str, people: People) -> None:
    response = people.client("operator").request(method, path, json={} if method == "POST" else None)
    assert response.status_code not in {404, 405, 500}, response.text


def test_the_last_owner_stays(people: People) -> None:
    owner = people.person("owner")
    member = owner.client.get("/auth/v1/organization/get-active-member").json()
    for path, body in (
        ("/organization/leave", {"organizationId": owner.organization}),
        ("/organization/remove-member", {"memberIdOrEmail": owner.email}),
        ("/organization/update-member-role", {"memberId": member["id"], "role": "member"}),
    ):
        assert post(owner.client, path, **body)[0] in {400, 403}, path
    assert owner.client.get("/api/v1/candidates").status_code == 200


def test_an_unknown_role_is_refused_and_one_that_a_rule_names_is_not(people: People) -> None:
    owner = people.client("owner")
    assert post(owner, "/organization/invite-member", email="a@example.com", role="wizard")[0] == 400
    assert post(owner, "/organization/invite-member", email="a@example.com", role="member")[0] == 200


def test_a_session_that_was_ended_is_refused_at_once(people: People) -> None:
    owner, again = people.person("owner"), httpx.Client(base_url=people.url, headers={"origin": people.url})
    assert post(again, "/sign-in/email", email=owner.email, password=PASSWORD)[0] == 200
    assert len(owner.client.get("/auth/v1/list-sessions").json()) == 2
    assert post(owner.client, "/revoke-other-sessions")[0] == 200
    assert again.get("/api/v1/candidates").status_code == 401
    assert owner.client.get("/api/v1/candidates").status_code == 200


def test_a_ban_ends_sessions_and_refuses_signing_in(people: People) -> None:
    banned, operator = people.person("owner"), people.client("operator")
    assert post(operator, "/admin/ban-user", userId=banned.user_id, banReason="spam", banExpiresIn=3600)[0] == 200
    assert banned.client.get("/api/v1/candidates").status_code == 401
    assert post(people.client("nobody"), "/sign-in/email", email=banned.email, password=PASSWORD)[0] == 403
    assert post(operator, "/admin/unban-user", userId=banned.user_id)[0] == 200
    assert post(people.client("nobody"), "/sign-in/email", email=banned.email, password=PASSWORD)[0] == 200


def test_rows_of_a_deleted_organization_stay_and_are_seen_by_nobody(people: People, lane: NodeLane) -> None:
    owner = people.person("owner")
    row = owner.client.post("/api/v1/candidates", json={"name": "Ada"}).json()["id"]
    assert post(owner.client, "/organization/delete", organizationId=owner.organization)[0] == 200
    assert owner.client.get(f"/api/v1/candidates/{row}").json()["code"] != ""
    assert lane.sql("DB", "select name from candidates where id = ?", row) == [{"name": "Ada"}]
    assert lane.sql("AUTH_DB", "select id from member") == []
