"""Properties that need no model of the answers: what a caller may not see never shows, in no answer to any request."""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from differential.draw import draw_group, draw_requests
from differential.exempt import is_unsafe, tells_of_masked_values, tells_of_other_tenants
from differential.meddling import with_masked_values_changed, with_other_tenants_changed
from differential.observing import PASSING_HEADERS, SIZE_HEADERS, observe
from differential.people import CAST
from differential.probing import probes, touches
from differential.running import Running, running
from differential.settings import Setting
from model.answer import TIME
from model.definition import Project, Request, Row, Rows, Table
from model.rules import Caller, caller_of, is_visible

SEED = 20260229
REQUEST_ID = re.compile(r'"requestId":"[^"]*"')
GROUPS = 6
REQUESTS = 25


@dataclass
class Drawn:
    """A booted project with the rows of each group, symbols resolved."""

    app: Running
    groups: list[tuple[Project, Rows, list[Request]]]

    def caller(self, group: Project, who: str) -> Caller:
        return caller_of(group, self.app.identities[who])


@pytest.fixture(scope="module", params=[Setting(), Setting(teams=True)], ids=["organizations", "teams"])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    groups = [draw_group(number, request.param, SEED + number) for number in range(GROUPS)]
    folder: Path = tmp_path_factory.mktemp("properties")
    with running(folder, [group for group, _ in groups]) as app:
        ready = []
        for number, (group, rows) in enumerate(groups):
            requests = draw_requests(group, rows, REQUESTS, SEED + number)
            ready.append((group, app.load(group, rows), requests))
        yield Drawn(app, ready)


def test_rows_that_the_firewall_hides_change_no_answer(drawn: Drawn) -> None:
    noticed = []
    for group, rows, requests in drawn.groups:
        for who in ("max", "duo", "ann"):
            asked = [
                replace(request, identity=who) for request in requests if not tells_of_other_tenants(group, request)
            ]
            changed = with_other_tenants_changed(group, rows, drawn.caller(group, who))
            noticed += _differences(drawn.app, group, (rows, changed), asked)
    assert not noticed, "\n".join(noticed[:5])


def test_masked_values_change_no_answer(drawn: Drawn) -> None:
    noticed = []
    for group, rows, requests in drawn.groups:
        for who in ("max", "rec"):
            caller = drawn.caller(group, who)
            asked = [replace(request, identity=who) for request in requests]
            asked = [request for request in asked if not tells_of_masked_values(group, request, caller)]
            asked += [probe for table in group.tables for probe in probes(table, rows, caller, who)]
            noticed += _differences(drawn.app, group, (rows, with_masked_values_changed(group, rows, caller)), asked)
    assert not noticed, "\n".join(noticed[:5])


def test_a_list_is_the_union_of_what_get_returns(drawn: Drawn) -> None:
    compared = 0
    for group, rows, _ in drawn.groups:
        drawn.app.load(group, rows)
        for table in group.tables:
            listing, single = table.crud.get("list"), table.crud.get("get")
            if not listing or not single or (listing.access, listing.fields) != (single.access, single.fields):
                continue
            for who in CAST:
                listed = _all(drawn.app, table, who)
                gets = (Request(who, "GET", f"/{table.route}/{row['id']}") for row in rows[table.name])
                answers = [drawn.app.send(request) for request in gets]
                gotten = {answer.json()["id"]: answer.json() for answer in answers if answer.status_code == 200}
                assert listed == gotten, f"{table.name} for {who}"
                compared += len(listed)
    assert compared > 20


def test_writes_leave_the_rows_of_other_tenants_alone(drawn: Drawn) -> None:
    touched = []
    for group, rows, requests in drawn.groups:
        for who in ("ann", "max", "bob"):
            caller = drawn.caller(group, who)
            for request in requests:
                if request.method == "GET" or is_unsafe(group, request):
                    continue
                drawn.app.load(group, rows)
                drawn.app.send(drawn.app.resolved(replace(request, identity=who)))
                after = drawn.app.database.read(group)
                kept = all(_foreign(t, rows, caller) == _kept(t, rows, after, caller) for t in group.tables)
                touched += [] if kept else [f"{who} {request}"]
    assert not touched, "\n".join(touched[:5])


def test_a_hidden_row_and_an_absent_one_take_the_same_path(drawn: Drawn) -> None:
    told, asked = [], 0
    for group, rows, _ in drawn.groups:
        drawn.app.load(group, rows)
        for table, who in itertools.product(group.tables, ("max", "duo", "ann")):
            hidden = [str(row["id"]) for row in _foreign(table, rows, drawn.caller(group, who))][:2]
            for key in hidden:
                pairs = zip(touches(table, key, who), touches(table, "absent", who), strict=True)
                seen = [(one, _path(drawn.app, one, key), _path(drawn.app, other, "absent")) for one, other in pairs]
                asked += len(seen)
                told += [f"{request}\n  {one}\n  {other}" for request, one, other in seen if one != other]
    assert not told, "\n".join(told[:5])
    assert asked > 100


def _path(app: Running, request: Request, key: str) -> tuple[object, list[str]]:
    """What a caller can notice, and the statements that ran with the number of rows that each gave."""
    app.lane.trace("DB")
    answer = app.send(app.resolved(request))
    text = answer.text.replace(json.dumps(key), '"the row"')
    headers = {name: value for name, value in answer.headers.items() if name not in (*PASSING_HEADERS, *SIZE_HEADERS)}
    statements = [TIME.sub("now", statement) for statement in app.lane.trace("DB")]
    return (answer.status_code, headers, REQUEST_ID.sub("", text)), statements


def _differences(app: Running, group: Project, states: tuple[Rows, Rows], asked: list[Request]) -> list[str]:
    before, after = (observe(app, group, rows, asked) for rows in states)
    pairs = zip(asked, before, after, strict=True)
    return [f"{request}\n  {one}\n  {other}" for request, one, other in pairs if one != other]


def _all(app: Running, table: Table, who: str) -> dict[str, object]:
    """Every row that the list gives, page by page."""
    step, found = str(table.crud["list"].max_page_size), dict[str, object]()
    for offset in range(0, 50, int(step)):
        answer = app.send(Request(who, "GET", f"/{table.route}", (("limit", step), ("offset", str(offset)))))
        page = answer.json().get("data", []) if answer.status_code == 200 else []
        found |= {row["id"]: row for row in page}
    return found


def _foreign(table: Table, rows: Rows, caller: Caller) -> list[Row]:
    hidden = [row for row in rows[table.name] if not is_visible(table, row, caller)]
    return sorted(hidden, key=lambda row: str(row["id"]))


def _kept(table: Table, rows: Rows, after: Rows, caller: Caller) -> list[Row]:
    ids = {row["id"] for row in _foreign(table, rows, caller)}
    return sorted((row for row in after[table.name] if row["id"] in ids), key=lambda row: str(row["id"]))
