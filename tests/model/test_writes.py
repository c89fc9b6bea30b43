"""What may be written: validation, guards, references, uniqueness, cascades, batches, actions."""

from dataclasses import replace

import pytest

from model.answer import NEW_ID, NOW, AtLeast, differences
from model.definition import Guards, Json, Operation, Project, Raw
from model.examples import DEPARTMENTS, EVERYONE, ask, code, department, job, rows

MIRROR = Project(
    (
        replace(
            DEPARTMENTS,
            guards=Guards(off=True),
            crud={**DEPARTMENTS.crud, "put": Operation(EVERYONE)},
        ),
    ),
    client_ids=True,
)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"title": "ok", "createdAt": "x", "foo": 1}, "GUARD_SYSTEM_MANAGED"),
        ({"title": "ok", "organizationId": "B"}, "GUARD_SYSTEM_MANAGED"),
        ({"title": "ok", "id": "mine"}, "GUARD_SYSTEM_MANAGED"),
        ({"title": "ok", "status": "open", "foo": 1}, "GUARD_FIELD_PROTECTED"),
        ({"title": "ok", "foo": 1}, "GUARD_FIELD_NOT_CREATEABLE"),
        ({"title": "x", "foo": 1}, "VALIDATION_FAILED"),
        ({"foo": 1}, "VALIDATION_FAILED"),
        ({"title": None}, "VALIDATION_FAILED"),
        ({"title": "ok", "salary": 1.5}, "VALIDATION_FAILED"),
        ([], "VALIDATION_FAILED"),
        ({"title": "ok", "departmentId": "absent"}, "FK_NOT_FOUND"),
        ({"title": "ok"}, None),
    ],
)
def test_create_answers_with_the_first_check_that_fails(body: Json, refusal: str | None) -> None:
    answer = ask("ann", "POST", "/jobs", body)
    assert code(answer) == refusal


def test_create_stamps_scope_audit_and_defaults() -> None:
    answer = ask("ann", "POST", "/jobs", {"title": "ok"})
    assert answer.status == 201
    stamped = {"id": NEW_ID, "organizationId": "A", "status": "draft", "createdBy": "ann", "modifiedAt": NOW}
    assert answer.rows["jobs"][0].items() >= stamped.items()


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"deletedAt": None, "workEmail": "a@b.co"}, "GUARD_SYSTEM_MANAGED"),
        ({"workEmail": "a@b.co", "status": "open"}, "GUARD_FIELD_IMMUTABLE"),
        ({"status": "open", "foo": 1}, "GUARD_FIELD_PROTECTED"),
        ({"foo": 1}, "GUARD_FIELD_NOT_UPDATABLE"),
        ({}, None),
    ],
)
def test_update_answers_with_the_winning_guard(body: Json, refusal: str | None) -> None:
    answer = ask("ann", "PATCH", "/jobs/j", body, having=rows([job("j")]))
    assert (answer.status == 200, code(answer)) == (refusal is None, refusal)


def test_a_protected_field_names_the_actions_that_may_change_it() -> None:
    answer = ask("ann", "PATCH", "/jobs/j", {"status": "open"}, having=rows([job("j")]))
    shown = {"fields": ["status"], "actions": ["reject", "approve"]}
    assert isinstance(answer.body, dict) and not list(differences(answer.body["details"], shown))


def test_text_that_is_no_json_is_refused_before_anything_about_the_row() -> None:
    assert code(ask("ann", "PATCH", "/jobs/absent", Raw("{"))) == "INVALID_JSON"


def test_a_reference_into_another_tenant_is_not_found() -> None:
    having = rows(departments=[department("mine", "A"), department("theirs", "B")])
    assert ask("ann", "POST", "/jobs", {"title": "ok", "departmentId": "mine"}, having=having).status == 201
    assert code(ask("ann", "POST", "/jobs", {"title": "ok", "departmentId": "theirs"}, having=having)) == "FK_NOT_FOUND"


def test_unique_counts_live_rows_only_and_null_never_conflicts() -> None:
    having = rows([job("a", slug="x"), job("b", slug="y", deletedAt="2026-01-02T00:00:00.000Z")])
    answers = [
        ask("ann", "POST", "/jobs", {"title": "ok", "slug": slug}, having=having).status for slug in ("x", "y", None)
    ]
    assert answers == [409, 201, 201]


def test_soft_delete_cascades_inside_the_firewall_of_each_child() -> None:
    having = rows(
        [job("child", departmentId="d"), job("foreign", "B", departmentId="d"), job("free")],
        [department("d", "A")],
    )
    answer = ask("ann", "DELETE", "/departments/d", having=having)
    assert answer.body == {"success": True, "id": "d"}
    assert [row["deletedAt"] for row in answer.rows["jobs"]] == [NOW, None, None]


def test_put_creates_replaces_and_leaves_foreign_rows_alone() -> None:
    having = {"departments": [department("mine", "A", name="old"), department("theirs", "B")]}
    assert ask("ann", "PUT", "/departments/new", {"name": "n"}, having=having, in_=MIRROR).status == 201
    replaced = ask("ann", "PUT", "/departments/mine", {"name": "n", "id": "mine"}, having=having, in_=MIRROR)
    assert (replaced.status, replaced.rows["departments"][0]["name"]) == (200, "n")
    refused = ask("ann", "PUT", "/departments/theirs", {"name": "n"}, having=having, in_=MIRROR)
    assert (code(refused), refused.rows["departments"]) == ("FIREWALL_NOT_FOUND", having["departments"])
    assert ask("ann", "PUT", "/departments/a", {"name": "n", "id": "b"}, having=having, in_=MIRROR).status == 400


def test_without_guards_an_unknown_key_is_invalid_and_system_columns_stay_refused() -> None:
    assert code(ask("ann", "PUT", "/departments/a", {"name": "n", "foo": 1}, in_=MIRROR)) == "VALIDATION_FAILED"
    assert (
        code(ask("ann", "PUT", "/departments/a", {"name": "n", "createdBy": "x"}, in_=MIRROR)) == "GUARD_SYSTEM_MANAGED"
    )


def test_a_batch_reports_each_failure_at_its_position() -> None:
    body: Json = {"records": [{"title": "one"}, {"nope": 1, "title": "two"}, {"title": "three"}]}
    answer = ask("ann", "POST", "/jobs/batch", body)
    assert answer.status == 207 and len(answer.rows["jobs"]) == 2
    assert isinstance(answer.body, dict) and answer.body["meta"] == {
        "total": 3,
        "succeeded": 2,
        "failed": 1,
        "atomic": False,
    }
    assert answer.body["errors"].items[0]["index"] == 1


def test_an_atomic_batch_writes_nothing_when_one_item_fails() -> None:
    records: Json = [{"title": "one"}, {"title": "two", "foo": 1}]
    answer = ask("ann", "POST", "/jobs/batch", {"records": records, "options": {"atomic": True}})
    assert (answer.status, code(answer), answer.rows["jobs"]) == (400, "BATCH_ATOMIC_FAILED", [])


def test_batches_check_size_and_ids_for_the_whole_request() -> None:
    assert code(ask("ann", "DELETE", "/jobs/batch", {"ids": ["x"] * 101})) == "BATCH_SIZE_EXCEEDED"
    missing = ask("ann", "PATCH", "/jobs/batch", {"records": [{"id": "a"}, {"title": "x"}]})
    assert isinstance(missing.body, dict) and missing.body["details"] == AtLeast({"indices": [1]})
    assert ask("ann", "POST", "/jobs/batch", {}).status == 200


def test_batch_items_of_other_people_and_tenants_fail_alone() -> None:
    having = rows([job("mine", by="max"), job("anns"), job("theirs", "B")])
    answer = ask("max", "DELETE", "/jobs/batch", {"ids": ["mine", "anns", "theirs"]}, having=having)
    assert isinstance(answer.body, dict)
    refusals = [item["error"]["code"] for item in answer.body["errors"].items]
    assert refusals == ["ACCESS_CONDITION_FAILED", "FIREWALL_NOT_FOUND"]
    assert [row["deletedAt"] for row in answer.rows["jobs"]] == [NOW, None, None]


def test_a_second_write_of_one_row_finds_it_while_it_is_as_its_rule_wants_it() -> None:
    having = rows([job("mine", by="max")])
    twice: Json = [{"id": "mine", "title": "one"}, {"id": "mine", "title": "two"}]
    both = ask("max", "PATCH", "/jobs/batch", {"records": twice}, having=having)
    assert (both.status, both.rows["jobs"][0]["title"]) == (200, "two")
    gone = ask("max", "DELETE", "/jobs/batch", {"ids": ["mine", "mine"]}, having=having)
    assert isinstance(gone.body, dict)
    assert [(item["index"], item["error"]["code"]) for item in gone.body["errors"].items] == [(1, "FIREWALL_NOT_FOUND")]
    atomic: Json = {"ids": ["mine", "mine"], "options": {"atomic": True}}
    undone = ask("max", "DELETE", "/jobs/batch", atomic, having=having)
    assert (code(undone), undone.rows["jobs"][0]["deletedAt"]) == ("BATCH_ATOMIC_FAILED", None)


def test_an_action_checks_input_then_firewall_then_state() -> None:
    having = rows([job("draft"), job("open", status="open"), job("theirs", "B")])
    approve = {key: f"/jobs/{key}/approve" for key in ("draft", "open", "theirs")}
    assert code(ask("ann", "POST", approve["theirs"], {}, having=having)) == "VALIDATION_FAILED"
    assert code(ask("ann", "POST", approve["theirs"], {"note": "n"}, having=having)) == "FIREWALL_NOT_FOUND"
    conflict = ask("ann", "POST", approve["open"], {"note": "n"}, having=having)
    assert (conflict.status, code(conflict)) == (409, "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
    assert code(ask("max", "POST", approve["draft"], {"note": "n"}, having=having)) == "ACCESS_ROLE_REQUIRED"
    done = ask("ann", "POST", approve["draft"], {"note": "n"}, having=having)
    assert (done.body, done.rows["jobs"][0]["status"]) == ({"done": "draft"}, "open")
