"""Each template compiles without a warning, type-checks, boots, and keeps two tenants apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lanes.build import tsc
from lanes.identities import Person, colleague, owner
from lanes.lane import NodeLane
from qb_compiler import compile_project
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import TEMPLATES, template


@pytest.fixture(scope="module", params=[one.slug for one in TEMPLATES])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = create(template(request.param), str(tmp_path_factory.mktemp(request.param) / "sample")).root
    result = compile_project(root)
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    assert result.written
    return root


def test_the_template_type_checks(project: Path) -> None:
    tsc(project)


def test_a_second_compile_changes_nothing(project: Path) -> None:
    plan = compile_project(project).plan
    assert (plan.created, plan.updated, plan.removed, plan.kept) == ((), (), (), ())


@pytest.fixture(scope="module")
def hiring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from booted("cloudflare", tmp_path_factory.mktemp("hiring"))


@pytest.fixture(scope="module")
def saas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from booted("b2b-saas", tmp_path_factory.mktemp("saas"))


def booted(slug: str, folder: Path) -> Iterator[str]:
    root = create(template(slug), str(folder / "sample")).root
    assert compile_project(root).ok
    with NodeLane.of(root) as lane:
        yield lane.url


def call(person: Person, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    answer = person.client.request(method, f"/api/v1{path}", json=body)
    return answer.status_code, answer.json()


def test_hiring_moves_candidates_through_actions_and_hides_contacts_from_members(hiring: str) -> None:
    boss = owner(hiring)
    member, recruiter, rival = colleague(boss, "member"), colleague(boss, "recruiter"), owner(hiring, "Rival")
    status, job = call(recruiter, "POST", "/jobs", {"title": "Baker", "team": "Kitchen", "salaryFrom": 10})
    assert status == 201
    body = {"name": "Ann Lee", "email": "ann.lee@shop.example", "phone": "+1 555 010 9999", "jobId": job["id"]}
    status, made = call(recruiter, "POST", "/candidates", {**body, "source": "walk-in"})
    assert (status, made["stage"]) == (201, "applied")
    path = f"/candidates/{made['id']}"
    assert call(member, "GET", path)[1]["job_label"] == "Baker"
    assert call(member, "GET", path)[1]["email"] == "a******@s***.example"
    assert call(member, "GET", f"/jobs/{job['id']}")[1]["salaryFrom"] == "[REDACTED]"
    assert call(recruiter, "PATCH", path, {"stage": "hired"})[1]["code"] == "GUARD_FIELD_PROTECTED"
    assert call(recruiter, "PATCH", path, {"source": "other"})[1]["code"] == "GUARD_FIELD_IMMUTABLE"
    assert call(rival, "POST", f"{path}/advance", {"stage": "offer"})[1]["code"] == "FIREWALL_NOT_FOUND"
    assert call(member, "POST", f"{path}/advance", {"stage": "offer"})[1]["code"] == "ACCESS_ROLE_REQUIRED"
    assert call(recruiter, "POST", f"{path}/advance", {"stage": "hired"})[1]["stage"] == "hired"
    assert call(recruiter, "POST", f"{path}/decline", {"reason": "x"})[0] == 409
    assert call(recruiter, "PATCH", path, {"notes": "late"})[1]["code"] == "ACCESS_CONDITION_FAILED"
    assert call(rival, "GET", "/candidates")[1]["data"] == []
    assert call(member, "GET", "/candidates/views/contact")[1]["code"] == "ACCESS_ROLE_REQUIRED"


def test_saas_keeps_tasks_to_their_owners_and_invoices_to_billing(saas: str) -> None:
    boss = owner(saas)
    ann, ben, billing = colleague(boss, "member"), colleague(boss, "member"), colleague(boss, "billing")
    rival = owner(saas, "Rival")
    status, project = call(boss, "POST", "/projects", {"name": "Roof", "budget": 900})
    assert status == 201
    assert call(ann, "GET", f"/projects/{project['id']}")[1]["budget"] == "[REDACTED]"
    status, task = call(ann, "POST", "/tasks", {"title": "Measure", "projectId": project["id"]})
    assert status == 201
    assert call(ben, "GET", f"/tasks/{task['id']}")[1]["code"] == "FIREWALL_NOT_FOUND"
    assert call(boss, "GET", f"/tasks/{task['id']}")[0] == 200
    assert call(rival, "POST", "/tasks", {"title": "Spy", "projectId": project["id"]})[1]["code"] == "FK_NOT_FOUND"
    body = {"number": "A-1", "customerName": "Corp", "customerEmail": "pay@corp.example", "cents": 500}
    assert call(ann, "POST", "/invoices", body)[1]["code"] == "ACCESS_ROLE_REQUIRED"
    status, invoice = call(billing, "POST", "/invoices", body)
    assert (status, invoice["status"]) == (201, "draft")
    path = f"/invoices/{invoice['id']}"
    assert call(rival, "GET", path)[1]["code"] == "NOT_FOUND"
    assert call(billing, "POST", f"{path}/markPaid", {})[0] == 409
    assert call(billing, "POST", f"{path}/send", {})[1]["status"] == "sent"
    assert call(billing, "PATCH", path, {"cents": 1})[1]["code"] == "ACCESS_CONDITION_FAILED"
    assert call(billing, "POST", f"{path}/markPaid", {})[1]["status"] == "paid"
