"""What is shown: masks, labels, filters, order, pages, views."""

from dataclasses import replace

import pytest

from model.definition import Column, Condition, Mask, Operation, Project, Rule, View
from model.examples import DEPARTMENTS, EVERYONE, JOBS, T1, ask, code, department, ids, job, rows
from model.masks import REDACTED, mask_of, masked


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("email", "a@b.co", "a*@b*.co"),
        ("email", "ann@mail.shop.example", "a**@m********.example"),
        ("email", "jane@yourdomain.com", "j***@y*********.com"),
        ("email", "nobody", REDACTED),
        ("email", "a@b@c.de", REDACTED),
        ("email", "a@localhost", REDACTED),
        ("phone", "+1 (555) 010-9999", "*******9999"),
        ("phone", "12a", REDACTED),
        ("phone", 1234567890, "******7890"),
        ("ssn", "123-45-6789", "*****6789"),
        ("creditCard", "4111 1111 1111 1111", "**** **** **** 1111"),
        ("name", "Ada King", "A** K***"),
        ("name", "X", "*"),
        ("redact", "", REDACTED),
        ("redact", 12, REDACTED),
    ],
)
def test_masks_are_total_and_never_the_original(kind: str, value: object, seen: str) -> None:
    assert masked(kind, value) == seen


def test_sensitive_names_are_masked_by_whole_words_unless_turned_off() -> None:
    assert mask_of(JOBS, "workEmail") == Mask("email", ("owner", "admin"), or_owner=True)
    assert mask_of(replace(JOBS, columns=(Column("acc"),)), "acc") is None
    assert mask_of(replace(JOBS, masking={"workEmail": Mask(off=True)}), "workEmail") is None


def test_the_record_owner_sees_an_automatically_masked_value() -> None:
    having = rows([job("mine", by="max", workEmail="a@b.co"), job("other", workEmail="a@b.co")])
    answer = ask("max", "GET", "/jobs?sort=id&order=asc", having=having)
    assert isinstance(answer.body, dict)
    assert [row["workEmail"] for row in answer.body["data"]] == ["a@b.co", "a*@b*.co"]


def test_a_masked_column_cannot_be_asked_for() -> None:
    having = rows([job("a", salary=10, workEmail="zed@b.co", createdBy="max")])
    for query in ("salary=10", "salary.gt=1", "sort=salary", "workEmail.like=zed"):
        assert code(ask("max", "GET", f"/jobs?{query}", having=having)) == "ACCESS_FIELD_MASKED"
    assert ids(ask("max", "GET", "/jobs?search=zed", having=having)) == []
    assert ids(ask("ann", "GET", "/jobs?search=zed&salary=10", having=having)) == ["a"]


@pytest.mark.parametrize(
    "query",
    [
        "zzz=1",
        "salary=x",
        "salary=",
        "salary.near=1",
        "limit=0",
        "limit=101",
        "limit=x",
        "offset=-1",
        "limit=1&limit=1",
        "sort=zzz",
        "sort=title&order=up",
        "fields=zzz",
        "status.=open",
        "toString=1",
    ],
)
def test_nothing_in_a_query_is_ignored(query: str) -> None:
    assert code(ask("ann", "GET", f"/jobs?{query}")) == "QUERY_INVALID"
    assert code(ask("ann", "GET", "/jobs/x?limit=1")) == "QUERY_INVALID"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["c", "b", "a"]),
        ("salary.gte=10&title.like=OA", ["a"]),
        ("status.in=open,closed", ["c", "b"]),
        ("salary.ne=10", ["b"]),
        ("search=oa", ["a"]),
        ("search=%", []),
        ("sort=title&order=asc", ["c", "b", "a"]),
        ("sort=-title", ["a", "b", "c"]),
        ("sort=status:desc,title:asc", ["b", "a", "c"]),
        ("sort=salary&order=asc", ["c", "a", "b"]),
        ("limit=1&offset=1", ["b"]),
        ("createdAt.gt=2026-01-01", ["c", "b"]),
        ("createdAt=2026-01-01T00:00:00Z", ["a"]),
    ],
)
def test_filters_search_order_and_pages(query: str, found: list[object]) -> None:
    having = rows(
        [
            job("a", title="Oak", salary=10, status="draft"),
            job("b", title="Elm", salary=20, status="open", createdAt=T1),
            job("c", title="Ash", status="closed", createdAt="2026-01-03T00:00:00.000Z"),
        ]
    )
    assert ids(ask("ann", "GET", f"/jobs?{query}", having=having)) == found


def test_count_gives_the_total_in_body_and_header() -> None:
    answer = ask("ann", "GET", "/jobs?count=true&limit=1", having=rows([job("a"), job("b"), job("c", "B")]))
    assert isinstance(answer.body, dict)
    assert answer.body["pagination"] == {"limit": 1, "offset": 0, "count": 1, "total": 2}
    assert answer.headers == {"x-total-count": "2"}


def test_a_label_is_null_unless_the_target_is_visible() -> None:
    having = rows(
        [job("a", departmentId="mine"), job("b", departmentId="theirs"), job("c")],
        [department("mine", "A", name="Sales"), department("theirs", "B", name="Secret")],
    )
    answer = ask("ann", "GET", "/jobs?fields=id,departmentId&sort=id&order=asc", having=having)
    assert isinstance(answer.body, dict)
    assert [row["department_label"] for row in answer.body["data"]] == ["Sales", None, None]
    assert all(row.keys() == {"id", "departmentId", "department_label"} for row in answer.body["data"])


def test_a_label_is_masked_as_its_own_table_says() -> None:
    target = replace(DEPARTMENTS, masking={"name": Mask("name", ("owner",))})
    having = rows([job("a", departmentId="mine")], [department("mine", "A", name="Sales")])
    answer = ask("max", "GET", "/jobs/a", having=having, in_=Project((target, JOBS)))
    assert isinstance(answer.body, dict) and answer.body["department_label"] == "S****"


def test_a_view_projects_and_names_itself() -> None:
    answer = ask("max", "GET", "/jobs/views/board", having=rows([job("a", title="Oak")]))
    assert answer.body == {
        "data": [{"id": "a", "title": "Oak"}],
        "view": "board",
        "fields": ["id", "title"],
        "pagination": {"limit": 50, "offset": 0, "count": 1},
    }


def test_a_view_can_be_asked_only_for_what_the_list_shows_without_conditions() -> None:
    assert ask("ann", "GET", "/jobs/views/board?status=open&salary=1&createdAt.gt=2026-01-01").status == 200
    assert code(ask("max", "GET", "/jobs/views/board?salary=1")) == "ACCESS_FIELD_MASKED"
    own = Rule(("member", "owner"), record=(Condition("createdBy", "equals", "$userId"),))
    for listing in ({"list": Operation(own)}, {}):
        table = replace(JOBS, crud={**listing, "get": Operation(EVERYONE)}, views={"board": View(("id",), EVERYONE)})
        refused = ask("ann", "GET", "/jobs/views/board?status=open", in_=Project((DEPARTMENTS, table)))
        assert code(refused) == "ACCESS_FIELD_MASKED"


def test_list_fields_limit_what_is_returned_and_asked() -> None:
    table = replace(JOBS, crud={**JOBS.crud, "list": Operation(EVERYONE, fields=("id", "title"))})
    project = Project((DEPARTMENTS, table))
    answer = ask("ann", "GET", "/jobs", having=rows([job("a", title="Oak")]), in_=project)
    assert isinstance(answer.body, dict) and answer.body["data"] == [{"id": "a", "title": "Oak"}]
    assert code(ask("ann", "GET", "/jobs?status=open", in_=project)) == "ACCESS_FIELD_MASKED"
