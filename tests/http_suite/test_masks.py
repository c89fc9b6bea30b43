"""How values are shown to those who may see the row but not the value, wherever rows leave."""

import pytest

from http_suite.client import Record, Team, call, data, get, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json

PLAIN: dict[str, Json] = {
    "email": "ann@mail.shop.example",
    "phone": "+1 (555) 010-9999",
    "ssn": "123-45-6789",
    "card": "4111 1111 1111 1111",
    "nickname": "Ada K X",
    "notes": "",
    "rating": 9,
}
MASKED: dict[str, Json] = {
    "email": "a**@m********.example",
    "phone": "*******9999",
    "ssn": "*****6789",
    "card": "**** **** **** 1111",
    "nickname": "A** * *",
    "notes": "[REDACTED]",
    "rating": "high",
}


@pytest.fixture(scope="module")
def ann(acme: Team) -> Record:
    return made(acme.owner, "/candidates", name="Ann", source="web", **PLAIN)


def shown(record: Record) -> Record:
    return {key: record[key] for key in PLAIN if key in record}


def test_those_with_a_role_of_the_mask_see_plain_values(acme: Team, ann: Record) -> None:
    assert shown(ann) == PLAIN
    assert shown(get(acme.admin, f"/candidates/{ann['id']}").json()) == {**PLAIN, "notes": "[REDACTED]"}


def test_everybody_else_sees_every_kind_of_mask_in_records_lists_and_views(acme: Team, ann: Record) -> None:
    assert shown(get(acme.member, f"/candidates/{ann['id']}").json()) == MASKED
    [listed] = [row for row in data(get(acme.member, "/candidates?limit=100")) if row["id"] == ann["id"]]
    assert shown(listed) == MASKED
    [viewed] = [row for row in data(get(acme.member, "/candidates/views/directory")) if row["id"] == ann["id"]]
    assert viewed == {"id": ann["id"], "name": "Ann", "email": MASKED["email"]}


def test_the_owner_of_a_row_sees_what_the_mask_keeps_for_owners(acme: Team) -> None:
    own = made(acme.member, "/candidates", name="Bea", source="web", **{**PLAIN, "notes": "mine"})
    assert own["notes"] == "mine" and own["email"] == MASKED["email"]
    assert get(acme.admin, f"/candidates/{own['id']}").json()["notes"] == "[REDACTED]"


def test_answers_to_writes_and_batches_are_masked(acme: Team) -> None:
    body = {"records": [{"name": "Cy", "source": "web", **PLAIN}]}
    created = call(acme.member, "POST", "/candidates/batch", body)
    assert created.status_code == 201, created.text
    [row] = created.json()["success"]
    assert shown(row) == {**MASKED, "notes": ""}
    updated = call(acme.admin, "PATCH", f"/candidates/{row['id']}", {"name": "Cyd"}).json()
    assert updated["notes"] == "[REDACTED]"
    many = call(acme.admin, "PATCH", "/candidates/batch", {"records": [{"id": row["id"], "name": "Cy"}]})
    assert many.json()["success"][0]["notes"] == "[REDACTED]"


@pytest.mark.parametrize("path", ["email=a", "sort=email", "email.like=a", "sort=name:asc,-ssn", "notes=x"])
@pytest.mark.parametrize("at", ["/candidates", "/candidates/views/directory"])
def test_a_masked_column_can_neither_filter_nor_sort(acme: Team, at: str, path: str) -> None:
    refused(get(acme.member, f"{at}?{path}"), 403, "ACCESS_FIELD_MASKED")


def test_search_leaves_masked_columns_out(acme: Team, ann: Record) -> None:
    assert ann["id"] in {row["id"] for row in data(get(acme.owner, "/candidates?search=mail.shop"))}
    assert data(get(acme.member, "/candidates?search=mail.shop")) == []
    assert ann["id"] in {row["id"] for row in data(get(acme.member, "/candidates?search=ANN&limit=100"))}


@pytest.mark.parametrize(
    ("field", "value"), [("email", "no-at"), ("email", "a@@b.co"), ("phone", "12 34"), ("card", "4111"), ("ssn", "1")]
)
def test_a_shape_that_the_mask_does_not_know_is_redacted_whole(
    acme: Team, lane: Lane, ann: Record, field: str, value: str
) -> None:
    lane.sql("DB", f"update candidates set {field} = ? where id = ?", value, ann["id"])
    assert get(acme.member, f"/candidates/{ann['id']}").json()[field] == "[REDACTED]"
    lane.sql("DB", f"update candidates set {field} = ? where id = ?", PLAIN[field], ann["id"])


def test_nothing_masks_null(acme: Team) -> None:
    bare = made(acme.owner, "/candidates", name="Dee", source="web", email="d@e.fg")
    seen = get(acme.member, f"/candidates/{bare['id']}").json()
    assert (seen["phone"], seen["ssn"], seen["notes"], seen["rating"]) == (None, None, None, None)


def test_a_view_filters_only_by_what_it_shows_or_what_the_list_shows_plainly(acme: Team, ann: Record) -> None:
    by_source = get(acme.member, "/candidates/views/directory?source=web&limit=100")
    assert ann["id"] in {row["id"] for row in data(by_source)}
    assert data(get(acme.member, "/candidates/views/directory?createdAt.gt=2999-01-01")) == []
    refused(get(acme.member, "/candidates/views/directory?phone=1"), 403, "ACCESS_FIELD_MASKED")


def test_a_numeric_column_is_redacted_for_those_without_the_role(acme: Team) -> None:
    job = made(acme.owner, "/jobs", title="Engineer", salaryMin=90000)
    assert job["salaryMin"] == 90000
    assert get(acme.member, f"/jobs/{job['id']}").json()["salaryMin"] == "[REDACTED]"
    [paid] = [row for row in data(get(acme.member, "/jobs/views/pay")) if row["id"] == job["id"]]
    assert paid["salaryMin"] == "[REDACTED]"
    refused(get(acme.admin, "/jobs/views/pay"), 403, "ACCESS_ROLE_REQUIRED")
