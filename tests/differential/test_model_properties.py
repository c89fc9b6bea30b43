"""The model itself keeps the properties that compiled projects are held to, so that it cannot bless a leak."""

from dataclasses import replace

from differential.draw import draw_group, draw_requests
from differential.exempt import is_unsafe, tells_of_masked_values, tells_of_other_tenants
from differential.meddling import with_masked_values_changed, with_other_tenants_changed
from differential.people import identities, symbolic
from differential.settings import Setting
from model.definition import Project, Request, Rows, Rule, Table
from model.rules import caller_of, is_visible
from model.semantics import expected

PEOPLE = identities(symbolic())
GROUPS = 25


def _answers(group: Project, rows: Rows, requests: list[Request]) -> list[tuple[int, object]]:
    found = [expected(group, PEOPLE, rows, request) for request in requests]
    return [(answer.status, answer.body) for answer in found]


def test_neither_hidden_rows_nor_masked_values_change_an_answer() -> None:
    for number in range(GROUPS):
        group, rows = draw_group(number, Setting(), 500 + number)
        drawn = draw_requests(group, rows, 40, number)
        for who in ("max", "rec", "ann", "duo"):
            caller = caller_of(group, PEOPLE[who])
            asked = [replace(request, identity=who) for request in drawn]
            asked = [r for r in asked if not tells_of_other_tenants(group, r)]
            asked = [r for r in asked if not tells_of_masked_values(group, r, caller)]
            before = _answers(group, rows, asked)
            for change in (with_other_tenants_changed, with_masked_values_changed):
                after = _answers(group, change(group, rows, caller), asked)
                assert before == after, [r for r, one, two in zip(asked, before, after, strict=True) if one != two][:1]


def test_a_list_is_the_union_of_gets_and_writes_stay_inside_the_firewall() -> None:
    for number in range(GROUPS):
        group, rows = draw_group(number, Setting(), 700 + number)
        for who in ("max", "ann", "eve"):
            for table in group.tables:
                _check_union(group, table, rows, who)
            caller = caller_of(group, PEOPLE[who])
            for request in draw_requests(group, rows, 30, number):
                if is_unsafe(group, request):
                    continue
                after = expected(group, PEOPLE, rows, replace(request, identity=who)).rows
                for table in group.tables:
                    hidden = [row for row in rows[table.name] if not is_visible(table, row, caller)]
                    assert all(row in after[table.name] for row in hidden)


def _check_union(group: Project, table: Table, rows: Rows, who: str) -> None:
    if "list" not in table.crud or table.crud["list"].fields:
        return
    same = replace(table, crud={**table.crud, "get": replace(table.crud["list"], access=_rule(table))})
    alone = replace(group, tables=tuple(same if one is table else one for one in group.tables))
    size = table.crud["list"].max_page_size
    pages = [(("limit", str(size)), ("offset", str(offset))) for offset in range(0, 20, size)]
    listed = [row for page in pages for row in _rows(alone, rows, Request(who, "GET", f"/{table.route}", page))]
    gets = [Request(who, "GET", f"/{table.route}/{row['id']}") for row in rows[table.name]]
    found = [body for status, body in _answers(alone, rows, gets) if status == 200]
    assert sorted(map(repr, listed)) == sorted(map(repr, found))


def _rule(table: Table) -> Rule:
    return table.crud["list"].access


def _rows(group: Project, rows: Rows, request: Request) -> list[object]:
    body = expected(group, PEOPLE, rows, request).body
    found = body.get("data", []) if isinstance(body, dict) else []
    assert isinstance(found, list)
    return found
