"""The three kinds of application that the pages on patterns show: booted, and asked what the tables claim."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from docs.booting import booted, operator
from lanes.identities import Person, colleague, owner, sign_up, visitor
from lanes.lane import NodeLane


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json().get("code", "")


def add(person: Person, path: str, **body: str | int) -> str:
    response = person.client.post(path, json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def ids(client: httpx.Client, path: str) -> set[str]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return {row["id"] for row in response.json()["data"]}


@pytest.fixture(scope="module")
def tenants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeLane]:
    with booted("compiler/patterns/multi-tenant", tmp_path_factory.mktemp("tenants")) as lane:
        yield lane


def test_members_work_on_their_own_tasks_and_managers_on_all_of_the_organization(tenants: NodeLane) -> None:
    boss = owner(tenants.url)
    manager, member, other = (colleague(boss, role) for role in ("manager", "member", "member"))
    stranger = owner(tenants.url, "Other")
    mine, theirs = (
        add(member, "/api/v1/tasks", reference="A", title="Mine"),
        add(other, "/api/v1/tasks", reference="B", title="Theirs"),
    )
    assert ids(member.client, "/api/v1/tasks") == {mine}
    assert ids(manager.client, "/api/v1/tasks") == {mine, theirs}
    assert ids(stranger.client, "/api/v1/tasks") == set()
    change = {"title": "Changed"}
    assert code(member.client.patch(f"/api/v1/tasks/{theirs}", json=change)) == (403, "FIREWALL_NOT_FOUND")
    assert manager.client.patch(f"/api/v1/tasks/{theirs}", json=change).status_code == 200
    assert code(stranger.client.patch(f"/api/v1/tasks/{theirs}", json=change)) == (403, "FIREWALL_NOT_FOUND")
    assert code(member.client.delete(f"/api/v1/tasks/{mine}")) == (403, "ACCESS_ROLE_REQUIRED")
    assert code(stranger.client.delete(f"/api/v1/tasks/{mine}")) == (403, "FIREWALL_NOT_FOUND")
    assert manager.client.delete(f"/api/v1/tasks/{mine}").status_code == 200


def test_a_reference_is_unique_in_an_organization_and_free_in_another(tenants: NodeLane) -> None:
    one, two = owner(tenants.url), owner(tenants.url)
    add(one, "/api/v1/tasks", reference="R-1", title="First")
    again = one.client.post("/api/v1/tasks", json={"reference": "R-1", "title": "Second"})
    assert code(again) == (409, "UNIQUE_VIOLATION")
    add(two, "/api/v1/tasks", reference="R-1", title="Elsewhere")


def test_a_personal_app_shows_everybody_their_own_rows_and_hides_the_others(tmp_path: Path) -> None:
    with booted("compiler/patterns/personal", tmp_path) as lane:
        ada, bob, nobody = sign_up(lane.url), sign_up(lane.url), visitor(lane.url)
        todo = add(ada, "/api/v1/todos", title="Write")
        assert ids(ada.client, "/api/v1/todos") == {todo}
        assert ids(bob.client, "/api/v1/todos") == set()
        assert code(bob.client.get(f"/api/v1/todos/{todo}")) == (404, "NOT_FOUND")
        assert code(nobody.get("/api/v1/todos")) == (401, "AUTH_MISSING")
        assert code(nobody.get(f"/api/v1/todos/{todo}")) == (401, "AUTH_MISSING")
        stolen = {"ownerId": bob.user_id}
        assert code(ada.client.patch(f"/api/v1/todos/{todo}", json=stolen)) == (400, "GUARD_SYSTEM_MANAGED")
        assert code(bob.client.patch(f"/api/v1/todos/{todo}", json={"done": True})) == (404, "NOT_FOUND")
        assert code(nobody.patch(f"/api/v1/todos/{todo}", json={"done": True})) == (401, "AUTH_MISSING")


def test_a_public_catalogue_shows_what_is_published_and_lets_platform_admins_write(tmp_path: Path) -> None:
    with booted("compiler/patterns/public-catalogue", tmp_path) as lane:
        staff = operator(lane)
        draft = add(staff, "/api/v1/products", name="Pen", price=200, cost=90)
        sold = add(staff, "/api/v1/products", name="Ink", price=500, cost=100)
        assert staff.client.patch(f"/api/v1/products/{sold}", json={"published": True}).status_code == 200
        customer, nobody = owner(lane.url), visitor(lane.url)
        assert ids(nobody, "/api/v1/products/views/shop") == {sold}
        assert "cost" not in nobody.get("/api/v1/products/views/shop").json()["data"][0]
        assert code(nobody.get("/api/v1/products/views/shop?cost.lt=95")) == (403, "ACCESS_FIELD_MASKED")
        assert nobody.get(f"/api/v1/products/{sold}").status_code == 200
        assert nobody.get(f"/api/v1/products/{draft}").status_code == 403
        assert code(customer.client.post("/api/v1/products", json={"name": "X", "price": 1})) == (
            403,
            "ACCESS_ROLE_REQUIRED",
        )
        assert ids(staff.client, "/api/v1/products") == {draft, sold}


def test_a_deleted_row_comes_back_for_its_own_organization_alone(tmp_path: Path) -> None:
    with booted("compiler/definitions/soft-delete", tmp_path) as lane:
        one, other = owner(lane.url), owner(lane.url, "Other")
        job = add(one, "/api/v1/jobs", title="Tester")
        assert one.client.delete(f"/api/v1/jobs/{job}").status_code == 200
        restore = "/api/v1/jobs/restore"
        assert other.client.post(restore, json={"id": job}).json() == {"restored": 0}
        assert one.client.get(f"/api/v1/jobs/{job}").status_code == 403
        assert one.client.post(restore, json={"id": job}).json() == {"restored": 1}
        assert one.client.get(f"/api/v1/jobs/{job}").json()["title"] == "Tester"
