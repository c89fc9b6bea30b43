"""Full pages, full batches and wide cascades: the platform's limits on parameters and statements do not show."""

from pathlib import Path

import pytest

from differential.running import running
from lanes.lane import Lane, NodeLane, WorkerdLane
from model.definition import Column, Firewall, Guards, Json, Mask, Operation, Project, Request, Row, Rule, Table, View

EVERYONE = Rule(("owner", "admin", "member", "recruiter"))
CRUD = {verb: Operation(EVERYONE) for verb in ("list", "get", "create", "update", "delete")}
WIDE = tuple(Column(f"field{number}") for number in range(20))
HUBS = Table(
    "hubs0",
    "area0",
    (Column("organizationId", not_null=True), Column("name", not_null=True), *WIDE),
    Firewall(organization="organizationId"),
    CRUD,
    Guards(("name", *(column.name for column in WIDE)), ("name",)),
    {"name": Mask("name", ("owner",))},
    {"all": View(("id", "name"), EVERYONE)},
)
PARTS = Table(
    "parts0",
    "area0",
    (
        Column("organizationId", not_null=True),
        Column("name", not_null=True),
        Column("parentId", target="hubs0"),
        Column("otherId", target="hubs0", declared_by="map"),
    ),
    Firewall(organization="organizationId"),
    CRUD,
    Guards(("name", "parentId", "otherId"), ("name", "parentId", "otherId")),
)
GROUP = Project((HUBS, PARTS))
COUNT = 130


def _rows() -> dict[str, list[Row]]:
    hubs = [_row(f"h{number:03}", **{column.name: None for column in WIDE}) for number in range(COUNT)]
    parts = [_row(f"p{n:03}", parentId=f"h{n:03}", otherId=f"h{(n * 7) % COUNT:03}") for n in range(COUNT)]
    parts += [_row(f"q{number:03}", parentId="h000", otherId=None) for number in range(COUNT)]
    return {"hubs0": hubs, "parts0": parts}


def _row(key: str, **values: object) -> Row:
    time = "2026-01-01T00:00:00.000Z"
    audit: Row = {"createdAt": time, "createdBy": "@ann", "modifiedAt": time, "modifiedBy": "@ann"}
    return {
        "id": key,
        "organizationId": "@A",
        "name": f"Name of {key}",
        **values,
        **audit,
        "deletedAt": None,
        "deletedBy": None,
    }


def _requests() -> list[Request]:
    hubs: list[Json] = [f"h{number:03}" for number in range(100)]
    parts: list[Json] = [f"p{number:03}" for number in range(100)]
    full: Json = [{"name": "New hub", **{column.name: "x" for column in WIDE}} for _ in range(100)]
    linked: Json = [{"name": "New part", "parentId": key, "otherId": key} for key in hubs]
    moved: Json = [{"id": key, "parentId": target} for key, target in zip(parts, reversed(hubs), strict=True)]
    ids = [f"p{number:03}" for number in range(101)]
    return [
        Request("max", "GET", "/parts0", (("limit", "100"), ("sort", "id"), ("order", "asc"), ("count", "true"))),
        Request("max", "GET", "/parts0", (("limit", "100"), ("offset", "100"), ("sort", "id"))),
        Request("max", "GET", "/parts0", (("id.in", ",".join(ids[:100])), ("limit", "100"))),
        Request("max", "GET", "/parts0", (("id.in", ",".join(ids)),)),
        Request("max", "GET", "/hubs0/views/all", (("limit", "100"), ("sort", "-id"))),
        Request("ann", "GET", "/hubs0", (("search", "name of h0"), ("limit", "100"))),
        Request("max", "POST", "/hubs0/batch", body={"records": full}),
        Request("max", "POST", "/parts0/batch", body={"records": linked, "options": {"atomic": True}}),
        Request("max", "PATCH", "/parts0/batch", body={"records": moved}),
        Request("max", "PATCH", "/parts0/batch", body={"records": moved, "options": {"atomic": True}}),
        Request("max", "DELETE", "/hubs0/batch", body={"ids": hubs}),
        Request("max", "DELETE", "/hubs0/batch", body={"ids": [*hubs[:99], "absent"], "options": {"atomic": True}}),
        Request("max", "DELETE", "/hubs0/batch", body={"ids": [*hubs[:98], "h120", "absent"]}),
        Request("max", "DELETE", "/hubs0/h000"),
    ]


@pytest.mark.parametrize("kind", [NodeLane, WorkerdLane])
def test_a_hundred_of_everything_is_answered_as_the_model_does(tmp_path: Path, kind: type[Lane]) -> None:
    with running(tmp_path, [GROUP], kind) as app:
        rows = app.load(GROUP, _rows())
        found = [app.judge(GROUP, rows, request) for request in _requests()]
    wrong = [str(mismatch)[:1500] for mismatch in found if mismatch]
    assert not wrong, "\n\n".join(wrong)
