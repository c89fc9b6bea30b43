"""The generators themselves: what they draw is answered by the model, in variety, and survives being written down."""

from collections import Counter
from pathlib import Path

from differential.cases import Case, load, save
from differential.draw import draw_group, draw_requests
from differential.people import identities, symbolic
from differential.printer import table_text
from differential.settings import SETTINGS, Setting
from model.definition import Request
from model.semantics import expected


def test_the_model_answers_a_wide_variety_of_requests() -> None:
    seen: Counter[object] = Counter()
    for number in range(25):
        group, rows = draw_group(number, SETTINGS[number % 5], number)
        for request in draw_requests(group, rows, 100, number):
            answer = expected(group, identities(symbolic()), rows, request)
            seen[answer.body["code"] if isinstance(answer.body, dict) and "code" in answer.body else answer.status] += 1
    assert seen.keys() >= {200, 201, 207, "AUTH_MISSING", "ACCESS_NO_ORG", "ACCESS_ROLE_REQUIRED", "QUERY_INVALID"}
    assert seen.keys() >= {"ACCESS_CONDITION_FAILED", "ACCESS_FIELD_MASKED", "FIREWALL_NOT_FOUND", "NOT_FOUND"}
    assert seen.keys() >= {"VALIDATION_FAILED", "INVALID_JSON", "GUARD_SYSTEM_MANAGED", "BATCH_ATOMIC_FAILED"}
    assert seen.keys() >= {"GUARD_FIELD_NOT_CREATEABLE", "FK_NOT_FOUND", "ROUTE_NOT_FOUND", "METHOD_NOT_ALLOWED"}
    assert sum(count for key, count in seen.items() if isinstance(key, int)) > 300, seen


def test_a_case_survives_being_saved(tmp_path: Path) -> None:
    for number in range(10):
        group, rows = draw_group(number, SETTINGS[number % 5], number)
        for request in draw_requests(group, rows, 5, number):
            case = Case("it survives", group, rows, request)
            save(case, tmp_path / "case.json")
            assert load(tmp_path / "case.json") == case


def test_the_same_seed_draws_the_same_projects() -> None:
    first, again = (draw_group(3, Setting(), 7) for _ in range(2))
    assert first == again
    texts = [table_text(first[0], table) for table in first[0].tables if not table.internal]
    assert all("export default defineTable(" in text for text in texts)
    assert draw_requests(*first, 5, 1) == draw_requests(*again, 5, 1) != [Request("ann", "GET", "/")] * 5
