"""The invariants of every compiled API, by their number. Those of single functions are tested in `tests/runtime`."""

import itertools
import shutil
from pathlib import Path

import httpx
import pytest

from http_suite.apps import PROJECTS, Apps
from http_suite.client import Team, call, data, get, made, refused, without_id
from lanes.build import tsc
from lanes.identities import sign_up
from lanes.lane import Lane
from qb_compiler import compile_project

GATEWAY = """import { eq, exists, inArray, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/sqlite-core";
import { applications, interviewScores, jobs } from "./features/jobs/schema";
import type { ScopedDatabase } from "./db/scoped";

export async function probe(db: ScopedDatabase) {
  // @ts-expect-error no raw statements
  db.run("select 1");
  // @ts-expect-error no relational queries
  db.query.jobs.findMany();
  // @ts-expect-error no batches past the gateway
  db.batch([]);
  // @ts-expect-error no session
  db.session;
  // @ts-expect-error no binding
  db.$client;
  // @ts-expect-error no transaction handle
  db.transaction(async () => undefined);
  // @ts-expect-error the scope is the context's
  await db.insert(jobs).values({ title: "x", organizationId: "other" });
  // @ts-expect-error the scope is the context's
  await db.update(jobs).set({ organizationId: "other" });
  // @ts-expect-error an unknown column
  await db.update(jobs).set({ titel: "x" });
  await db.insert(interviewScores).values({ jobId: "x", score: 1 });
  const on = eq(applications.jobId, jobs.id);
  const rows = await db.select({ title: jobs.title }).from(jobs).leftJoin(applications, on);
  const inner = db.select({ id: applications.jobId }).from(applications);
  await db.select().from(jobs).where(inArray(jobs.id, inner));
  void [exists, QueryBuilder, sql];
  return rows.map((row) => row.title.length);
}
"""


def test_r1_without_a_scope_value_nothing_is_visible(lane: Lane, acme: Team) -> None:
    made(acme.owner, "/jobs", title="Scoped")
    loner = sign_up(lane.url)
    refused(get(loner, "/jobs"), 403, "ACCESS_NO_ORG")
    assert data(get(loner, "/bookmarks?count=true")) == []


def test_r2_the_database_of_an_action_is_a_closed_gateway(tmp_path: Path) -> None:
    root = shutil.copytree(PROJECTS / "hiring", tmp_path / "hiring")
    assert compile_project(root).written
    (root / "src/probe.ts").write_text(GATEWAY, encoding="utf-8")
    tsc(root)


NAMES = ("__proto__", "constructor", "prototype", "toString", "hasOwnProperty")


@pytest.mark.parametrize("name", NAMES)
def test_r3_names_that_every_object_has_mean_nothing(acme: Team, name: str) -> None:
    for query in (f"{name}=1", f"sort={name}", f"fields={name}", f"title.{name}=1"):
        refused(get(acme.owner, f"/jobs?{query}"), 400, "QUERY_INVALID")
    refused(get(acme.owner, f"/jobs/views/{name}"), 404, "ROUTE_NOT_FOUND")
    refused(get(acme.owner, f"/jobs/{name}"), 403, "FIREWALL_NOT_FOUND")
    body = f'{{"title": "Engineer", "{name}": 1}}'
    headers = {"content-type": "application/json"}
    answer = acme.owner.client.post("/api/v1/jobs", content=body, headers=headers)
    refused(answer, 400, "GUARD_FIELD_NOT_CREATEABLE")


def test_r4_a_masked_value_cannot_be_found_by_filter_order_search_or_count(acme: Team) -> None:
    rows = [made(acme.owner, "/candidates", name="R4", email=f"{n}@r4.com", source="web") for n in "ba"]
    for query in ("email=a@r4.com", "email.like=a", "email.in=a@r4.com", "sort=email", "sort=-email", "email.gt=a"):
        refused(get(acme.member, f"/candidates?{query}&count=true"), 403, "ACCESS_FIELD_MASKED")
    listed = get(acme.member, "/candidates?search=@r4.com&count=true")
    assert listed.headers["x-total-count"] == "0"
    assert len(rows) == 2


def test_r6_nothing_is_owned_by_nobody(acme: Team, lane: Lane) -> None:
    row = made(acme.owner, "/candidates", name="R6", email="r6@acme.com", source="web", notes="secret")
    lane.sql("DB", "update candidates set created_by = null where id = ?", row["id"])
    assert get(acme.member, f"/candidates/{row['id']}").json()["notes"] == "[REDACTED]"


UNREADABLE = [
    ("an empty list of roles", 'access: { roles: ["AUTHENTICATED"] } },\n    get', "access: { roles: [] } },\n    get"),
    ("an unknown key", 'access: { roles: ["AUTHENTICATED"] } },\n    get', 'access: { rolls: ["x"] } },\n    get'),
    ("an owner column that is not there", "owner: {}", 'owner: { column: "keeper" }'),
]


@pytest.mark.parametrize(("what", "before", "after"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_r7_r8_what_cannot_be_meant_does_not_compile(tmp_path: Path, what: str, before: str, after: str) -> None:
    root = shutil.copytree(PROJECTS / "solo", tmp_path / "solo")
    file = root / "quickback/features/tasks/tasks.ts"
    text = file.read_text(encoding="utf-8")
    assert before in text, what
    file.write_text(text.replace(before, after), encoding="utf-8")
    result = compile_project(root)
    assert not result.ok and not result.written


def test_r9_in_hide_mode_hidden_and_absent_are_the_same_to_the_last_byte(acme: Team, globex: Team) -> None:
    hidden = made(globex.owner, "/notes", body="hidden")
    unread = made(acme.owner, "/notes", body="unread")
    for verb, body in (("GET", None), ("PATCH", {"body": "x"}), ("DELETE", None)):
        answers = [call(acme.admin, verb, f"/notes/{id}", body) for id in (hidden["id"], unread["id"], "nts_absent")]
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(without_id(answer.json())) for answer in answers}) == 1
        # A token says when it was issued: like the date, it is the caller's own and of the moment.
        ignored = {"x-request-id", "date", "content-length", "set-auth-token"}
        headers = [{k: v for k, v in answer.headers.items() if k not in ignored} for answer in answers]
        assert headers[0] == headers[1] == headers[2]


def test_r9_rows_of_others_change_neither_count_nor_etag(acme: Team, globex: Team) -> None:
    before = get(acme.member, "/notes?count=true")
    made(globex.owner, "/notes", body="unseen")
    made(acme.owner, "/notes", body="not the member's")
    after = get(acme.member, "/notes?count=true")
    assert (before.headers["etag"], before.content) == (after.headers["etag"], after.content)


def test_r10_a_session_that_ended_is_refused_at_its_next_request(lane: Lane) -> None:
    team = Team.founded(lane.url, "Revoked")
    token = team.member.client.cookies["better-auth.session_token"]
    headers = {"authorization": f"Bearer {token}"}
    assert httpx.get(f"{lane.url}/api/v1/jobs", headers=headers).status_code == 200
    team.member.client.post("/auth/v1/sign-out", json={})
    refused(httpx.get(f"{lane.url}/api/v1/jobs", headers=headers), 401, "AUTH_MISSING")


def test_r12_the_servers_fields_win_whatever_is_sent(acme: Team, apps: Apps, kind: str) -> None:
    system = ("id", "organizationId", "createdAt", "createdBy", "modifiedAt", "modifiedBy", "deletedAt", "deletedBy")
    for count in (1, 2):
        for names in itertools.combinations(system, count):
            body = {"title": "Engineer", **dict.fromkeys(names, "x")}
            answer = refused(call(acme.owner, "POST", "/jobs", body), 400, "GUARD_SYSTEM_MANAGED")
            assert answer["details"] == {"fields": list(names)}
