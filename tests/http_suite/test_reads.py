"""Lists and records: pages, order, fields, typed filters, search, counts, labels, views, ETags."""

import itertools
from urllib.parse import quote

import httpx
import pytest

from http_suite.client import Record, Team, call, data, get, made, refused
from lanes.lane import Lane
from qb_compiler.model.literal import Json

TITLES = ("Alpha", "Beta", "Gamma", "Delta 100%", "delta_x")


@pytest.fixture(scope="module")
def initech(lane: Lane) -> Team:
    """An organization whose rows no other test touches."""
    return Team.founded(lane.url, "Initech")


@pytest.fixture(scope="module")
def jobs(initech: Team) -> dict[str, Record]:
    department = made(initech.owner, "/departments", name="Engineering", headEmail="head@initech.com")
    values: list[dict[str, Json]] = [
        {"openings": 1, "remote": True, "closesAt": "2026-01-01T00:00:00.000Z"},
        {"openings": 2, "remote": False, "closesAt": "2026-06-01T10:30:00.250Z", "departmentId": department["id"]},
        {"openings": 2, "remote": True, "details": {"skills": ["a"]}},
        {"openings": 10},
        {},
    ]
    return {t: made(initech.owner, "/jobs", title=t, **v) for t, v in zip(TITLES, values, strict=True)}


def titles(response: httpx.Response) -> list[Json]:
    return [row["title"] for row in data(response)]


FILTERS = [
    ("openings=2", {"Beta", "Gamma"}),
    ("openings.ne=2", {"Alpha", "Delta 100%"}),
    ("openings.gt=1", {"Beta", "Gamma", "Delta 100%"}),
    ("openings.gte=10", {"Delta 100%"}),
    ("openings.lt=2", {"Alpha"}),
    ("openings.lte=2", {"Alpha", "Beta", "Gamma"}),
    ("openings.in=1,10", {"Alpha", "Delta 100%"}),
    ("remote=true", {"Alpha", "Gamma"}),
    ("remote.ne=true", {"Beta", "Delta 100%", "delta_x"}),
    ("closesAt=2026-06-01T12:30:00.250%2B02:00", {"Beta"}),
    ("closesAt.gt=2026-01-01", {"Beta"}),
    ("closesAt.gte=2026-01-01", {"Alpha", "Beta"}),
    ("closesAt.in=2026-01-01,2027-01-01", {"Alpha"}),
    ("createdAt.gt=2020-01-01", set(TITLES)),
    ("createdAt.lt=2020-01-01", set()),
    ("title.like=ELTA", {"Delta 100%", "delta_x"}),
    (f"title.like={quote('0%')}", {"Delta 100%"}),
    ("title.like=a_x", {"delta_x"}),
    (f"title.in=Alpha,{quote('Delta 100%')}", {"Alpha", "Delta 100%"}),
    ("search=delta", {"Delta 100%", "delta_x"}),
    (f"search={quote('%')}", {"Delta 100%"}),
    ("openings=2&remote=true", {"Gamma"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_filters_are_typed_by_the_column(
    initech: Team, jobs: dict[str, Record], query: str, expected: set[str]
) -> None:
    assert set(titles(get(initech.owner, f"/jobs?{query}"))) == expected


TITLE = "École ÉTÉ, Αθήνα, Straße, БОЛЬШОЙ Град, Øl, Žluťoučký, Ñandú"


@pytest.mark.parametrize(
    "part",
    [
        "école",
        "ÉCOLE été",
        "ΑΘΉΝΑ",
        "žLUŤOUČKÝ",
        "straße",
        "Большой ГРАД",
        "ø",
        TITLE.upper().replace("SS", "ß"),
        TITLE,
    ],
)
def test_search_and_like_ignore_case_beyond_ascii(globex: Team, part: str) -> None:
    record = made(globex.owner, "/jobs", title=TITLE)
    for query in ("search", "title.like"):
        found = data(get(globex.owner, f"/jobs?limit=50&{query}={quote(part)}"))
        assert record["id"] in {row["id"] for row in found}
    assert data(get(globex.owner, f"/jobs?search={quote('ecole')}")) == []


ORDERS = [
    ("sort=title&order=asc", ["Alpha", "Beta", "Delta 100%", "Gamma", "delta_x"]),
    ("sort=title", ["delta_x", "Gamma", "Delta 100%", "Beta", "Alpha"]),
    ("sort=-title", ["delta_x", "Gamma", "Delta 100%", "Beta", "Alpha"]),
    ("sort=title:asc", ["Alpha", "Beta", "Delta 100%", "Gamma", "delta_x"]),
    ("sort=openings:desc,title:desc", ["Delta 100%", "Gamma", "Beta", "Alpha", "delta_x"]),
    ("sort=-openings,title", ["Delta 100%", "Beta", "Gamma", "Alpha", "delta_x"]),
    ("order=asc", list(TITLES)),
]


@pytest.mark.parametrize(("query", "expected"), ORDERS)
def test_sort_has_three_spellings(initech: Team, jobs: dict[str, Record], query: str, expected: list[str]) -> None:
    assert titles(get(initech.owner, f"/jobs?{query}")) == expected


def test_pages_never_overlap_and_the_newest_come_first(initech: Team, jobs: dict[str, Record]) -> None:
    everything = [row["id"] for row in data(get(initech.owner, "/jobs"))]
    pages = [[r["id"] for r in data(get(initech.owner, f"/jobs?limit=2&offset={at}"))] for at in (0, 2, 4, 6)]
    assert list(itertools.chain(*pages)) == everything
    times = [row["createdAt"] for row in data(get(initech.owner, "/jobs"))]
    assert times == sorted(times, key=str, reverse=True)


def test_the_envelope_counts_the_page_and_on_request_everything(initech: Team, jobs: dict[str, Record]) -> None:
    plain = get(initech.owner, "/jobs?limit=2&offset=1")
    assert plain.json()["pagination"] == {"limit": 2, "offset": 1, "count": 2}
    assert "x-total-count" not in plain.headers
    counted = get(initech.owner, "/jobs?limit=2&count=true&remote=true&offset=1")
    assert counted.json()["pagination"] == {"limit": 2, "offset": 1, "count": 1, "total": 2}
    assert counted.headers["x-total-count"] == "2"
    assert get(initech.owner, "/jobs").json()["pagination"]["limit"] == 20


INVALID = [
    ("limit=0", "limit"), ("limit=51", "limit"), ("limit=x", "limit"), ("limit=1.5", "limit"), ("offset=-1", "offset"),
    ("sort=nope", "sort"), ("sort=title:up", "sort"), ("sort=title&order=up", "order"), ("sort=details", "sort"),
    ("fields=id,nope", "fields"), ("nope=1", "nope"), ("title.starts=a", "title.starts"), ("openings=two", "openings"),
    ("openings.in=1,two", "openings.in"), ("remote=yes", "remote"), ("remote.gt=true", "remote.gt"),
    ("closesAt=yesterday", "closesAt"), ("closesAt.gt=2026-02-30", "closesAt.gt"), ("details=x", "details"),
    ("openings.like=1", "openings.like"), ("count=yes", "count"), ("limit=1&limit=2", "limit"),
    ("title=a&title=b", "title"), ("__proto__=1", "__proto__"), ("constructor=1", "constructor"),
    ("title.__proto__=1", "title.__proto__"), ("organizationId.eq=x", "organizationId.eq"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "name"), INVALID)
def test_what_is_unknown_or_does_not_parse_is_refused_by_name(initech: Team, query: str, name: str) -> None:
    answer = refused(get(initech.owner, f"/jobs?{query}"), 400, "QUERY_INVALID")
    details = answer["details"]
    assert isinstance(details, dict) and list(details["fields"]) == [name]


def test_fields_select_in_the_order_of_the_table(initech: Team, jobs: dict[str, Record]) -> None:
    [row] = data(get(initech.owner, "/jobs?fields=title,id&title=Alpha"))
    assert list(row) == ["id", "title"]
    one = get(initech.owner, f"/jobs/{jobs['Alpha']['id']}?fields=title")
    assert one.json() == {"title": "Alpha"}
    refused(get(initech.owner, f"/jobs/{jobs['Alpha']['id']}?fields=nope"), 400, "QUERY_INVALID")
    refused(get(initech.owner, f"/jobs/{jobs['Alpha']['id']}?limit=1"), 400, "QUERY_INVALID")


def test_a_record_is_the_bare_object_in_column_order_with_typed_values(initech: Team, jobs: dict[str, Record]) -> None:
    record = get(initech.owner, f"/jobs/{jobs['Gamma']['id']}").json()
    assert list(record) == [
        "id", "organizationId", "departmentId", "department_label", "title", "status", "openings", "remote", "closesAt",
        "details", "salaryMin", "createdAt", "modifiedAt", "deletedAt", "createdBy", "modifiedBy", "deletedBy",
    ]  # fmt: skip
    assert record["remote"] is True and record["details"] == {"skills": ["a"]} and record["closesAt"] is None
    assert get(initech.owner, f"/jobs/{jobs['Beta']['id']}").json()["closesAt"] == "2026-06-01T10:30:00.250Z"


def test_labels_name_what_a_key_points_at(initech: Team, jobs: dict[str, Record]) -> None:
    rows = {row["title"]: row for row in data(get(initech.member, "/jobs"))}
    assert rows["Beta"]["department_label"] == "Engineering"
    assert rows["Alpha"]["department_label"] is None
    assert get(initech.owner, f"/jobs/{jobs['Beta']['id']}").json()["department_label"] == "Engineering"
    [viewed] = [row for row in data(get(initech.owner, "/jobs/views/board")) if row["title"] == "Beta"]
    assert list(viewed) == ["id", "departmentId", "department_label", "title", "status"]
    assert viewed["department_label"] == "Engineering"
    [chosen] = data(get(initech.owner, "/jobs?fields=title,departmentId&title=Beta"))
    assert list(chosen) == ["departmentId", "department_label", "title"]
    [without] = data(get(initech.owner, "/jobs?fields=title&title=Beta"))
    assert list(without) == ["title"]


def test_a_label_of_a_row_that_is_gone_is_null(initech: Team) -> None:
    parent = made(initech.owner, "/departments", name="Soon gone")
    job = made(initech.owner, "/jobs", title="Orphan", departmentId=parent["id"])
    # Another table's soft delete takes the job with it, so the label is judged on a self reference.
    child = made(initech.owner, "/departments", name="Child", parentId=parent["id"])
    assert get(initech.owner, f"/departments/{child['id']}").json()["parent_label"] == "Soon gone"
    call(initech.owner, "DELETE", f"/departments/{parent['id']}")
    refused(get(initech.owner, f"/jobs/{job['id']}"), 403, "FIREWALL_NOT_FOUND")


def test_views_project_columns_and_say_which(initech: Team, jobs: dict[str, Record]) -> None:
    body = get(initech.member, "/jobs/views/board?sort=title&order=asc&limit=1&count=true").json()
    assert body["view"] == "board" and body["fields"] == ["id", "title", "status", "departmentId"]
    assert body["pagination"]["total"] >= 5
    assert list(body) == ["data", "view", "fields", "pagination"]
    refused(get(initech.owner, "/jobs/views/nope"), 404, "ROUTE_NOT_FOUND")


def test_an_unchanged_answer_is_304(initech: Team, jobs: dict[str, Record]) -> None:
    first = get(initech.owner, "/jobs?title=Alpha")
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    assert first.headers["cache-control"] == "private, no-cache"
    assert {"Cookie", "Authorization"} <= {part.strip() for part in first.headers["vary"].split(",")}
    again = call(initech.owner, "GET", "/jobs?title=Alpha", None, if_none_match=f'"x", {etag}')
    assert (again.status_code, again.content) == (304, b"")
    other = call(initech.owner, "GET", "/jobs?title=Beta", None, if_none_match=etag)
    assert other.status_code == 200
