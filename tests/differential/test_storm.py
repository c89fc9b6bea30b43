"""Nonsense in every place of a request: a proper refusal, never an internal error, nothing of other tenants."""

import json
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from differential.draw import draw_group
from differential.running import Running, running
from differential.settings import Setting
from model.definition import Project, Rows, Table

GROUPS = 6
LAYERS = {"authentication", "firewall", "access", "guards", "validation", "routing", "database"}
Storm = tuple[Running, list[tuple[Project, Rows]]]

ODD_WORDS = (
    "",
    " ",
    "null",
    "undefined",
    "NaN",
    "Infinity",
    "-0",
    "1e400",
    "0x10",
    "9007199254740993",
    "true ",
    "TRUE",
)
ODD_SIGNS = (
    "'",
    '"',
    "\\",
    "%",
    "%00",
    "a\u0000b",
    "\u202e",
    "\U0001f600",
    ",",
    ".",
    "name.",
    ".eq",
    "-",
    "--name",
    "1,2,,3",
)
ODD_TRICKS = ("' OR 1=1 --", "$userId", "$ctx.userId", "__proto__", "../../x", "a" * 3000, "a:asc:desc")
ODD_TIMES = ("2026-13-45", "2026-01-01T00:00:00+99:00", "0000-00-00", "+275760-09-13T00:00:00.001Z")
ODD_TEXT = st.sampled_from((*ODD_WORDS, *ODD_SIGNS, *ODD_TRICKS, *ODD_TIMES))
ODD_VALUE = st.recursive(
    st.one_of(
        ODD_TEXT,
        st.none(),
        st.booleans(),
        st.sampled_from([0, -1, 1.5, 10**15, -(10**21), 1e300, 5e-324]),
        st.text(alphabet=st.characters(codec="utf-8"), max_size=6),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(ODD_TEXT, inner, max_size=3)),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    settings_of = (Setting(), Setting())
    groups = [draw_group(number, settings_of[number % 2], 40_400 + number) for number in range(GROUPS)]
    with running(tmp_path_factory.mktemp("storm"), [group for group, _ in groups]) as app:
        yield app, [(group, app.load(group, rows)) for group, rows in groups]


@settings(max_examples=400, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nonsense_is_refused_and_changes_nothing_of_other_tenants(storm: Storm, data: st.DataObject) -> None:
    app, groups = storm
    group, rows = data.draw(st.sampled_from(groups))
    table = data.draw(st.sampled_from([table for table in group.tables if not table.internal]))
    who = data.draw(st.sampled_from(["ann", "max", "rec", "nobody"]))
    answer = _send(app.people[who], table, rows, data)
    asked = f"{answer.request.method} {answer.request.url} {answer.request.content!r}"
    assert answer.status_code != 500, f"{asked}\n{app.lane.log[-2000:]}"
    if answer.status_code >= 400:
        body = answer.json()
        assert body["layer"] in LAYERS and body["requestId"] and body["error"] and body["hint"], answer.text
    after = app.database.read(group)
    foreign = [row for one in group.tables for row in rows[one.name] if _belongs_to(one, row) == app.symbols["@B"]]
    assert all(any(row == kept for held in after.values() for kept in held) for row in foreign)
    app.load(group, rows)


def _belongs_to(table: Table, row: dict[str, object]) -> object:
    return row[table.firewall.organization] if table.firewall.organization else None


def _send(client: httpx.Client, table: Table, rows: Rows, data: st.DataObject) -> httpx.Response:
    ids = st.sampled_from([str(row["id"]) for row in rows[table.name]])
    key = data.draw(st.one_of(ids, ODD_TEXT))
    path = data.draw(st.sampled_from(["", "/{}", "/{}", "/batch", "/views/board", "/{}/advance"])).format(_quoted(key))
    method = data.draw(st.sampled_from(["GET", "POST", "PATCH", "PUT", "DELETE"]))
    columns = st.sampled_from([*table.names, "limit", "offset", "sort", "order", "fields", "search", "count", "id"])
    operators = st.sampled_from(["", "", ".gt", ".lte", ".ne", ".like", ".in", ".__proto__", "..gt"])
    names = st.one_of(st.builds(str.__add__, columns, operators), ODD_TEXT)
    query = data.draw(st.lists(st.tuples(names, ODD_TEXT), max_size=3)) if method == "GET" else []
    content = None if method == "GET" else json.dumps(data.draw(_bodies(table, ids)), ensure_ascii=True)
    headers = {"content-type": "application/json", "cf-connecting-ip": f"10.9.{data.draw(st.integers(0, 255))}.7"}
    return client.request(method, f"/api/v1/{table.route}{path}", params=query, content=content, headers=headers)


def _quoted(key: str) -> str:
    return "".join(f"%{byte:02X}" for byte in key.encode()) or "%20"


def _bodies(table: Table, ids: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    columns = st.sampled_from([*table.names, "id", "constructor", "__proto__"])
    record = st.dictionaries(columns, ODD_VALUE, max_size=4)
    item = st.one_of(ODD_VALUE, record, st.builds(lambda one, key: {**one, "id": key}, record, ids))
    items = st.one_of(st.lists(item, max_size=3), ODD_VALUE)
    options = st.one_of(ODD_VALUE, st.just({"atomic": True}), st.just({"atomic": "yes"}))
    batch = st.fixed_dictionaries({}, optional={"records": items, "ids": items, "options": options})
    return st.one_of(record, batch, ODD_VALUE)
