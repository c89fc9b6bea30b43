"""`schema-registry.json` says what an admin interface needs, and its time changes only when something else does."""

import json
from pathlib import Path

import pytest

from compiler.platform.sources import compiled, events
from compiler.platform.test_openapi import TABLES
from qb_compiler.model.literal import Json


def registry(root: Path) -> dict[str, Json]:
    content = json.loads((root / "schema-registry.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Json]]:
    root = tmp_path_factory.mktemp("project")
    compiled(root, **TABLES)
    found = registry(root)["tables"]
    assert isinstance(found, dict)
    return found


def test_a_table_is_described_by_its_parts(tables: dict[str, dict[str, Json]]) -> None:
    rooms = tables["rooms"]
    assert (rooms["name"], rooms["dbName"], rooms["apiPath"], rooms["feature"]) == (
        "rooms",
        "rooms",
        "rooms",
        "calendar",
    )
    assert rooms["firewall"] == {"organization": {}, "errorMode": "hide"}
    assert rooms["masking"] == {"contact": {"type": "email", "show": {"roles": ["owner"]}}}
    assert rooms["validation"] == {"name": {"minLength": 2, "maxLength": 40}, "seats": {"min": 1}}
    assert rooms["displayColumn"] == "name"
    assert rooms["views"] == {"plan": {"fields": ["id", "name", "seats"], "access": {"roles": ["owner", "member"]}}}


def test_columns_begin_with_the_managed_ones(tables: dict[str, dict[str, Json]]) -> None:
    columns = tables["rooms"]["columns"]
    assert isinstance(columns, list)
    names = [column["name"] for column in columns]
    assert names[:7] == ["id", "organizationId", "createdAt", "createdBy", "modifiedAt", "modifiedBy", "deletedAt"]
    by_name = {column["name"]: column for column in columns}
    assert by_name["open"] == {
        "name": "open",
        "dbName": "open",
        "type": "integer",
        "mode": "boolean",
        "primaryKey": False,
        "notNull": True,
        "defaultValue": True,
    }


def test_a_reference_names_its_table(tables: dict[str, dict[str, Json]]) -> None:
    columns = tables["visits"]["columns"]
    assert isinstance(columns, list)
    assert {column["name"]: column.get("fkTarget") for column in columns}["roomId"] == "rooms"


def test_derived_batches_and_actions_are_listed(tables: dict[str, dict[str, Json]]) -> None:
    rooms = tables["rooms"]
    crud, actions = rooms["crud"], rooms["actions"]
    assert isinstance(crud, dict) and isinstance(actions, list)
    assert crud["batchCreate"] == {"access": {"roles": ["owner"]}, "maxBatchSize": 100, "allowAtomic": True}
    assert [action["name"] for action in actions] == ["close", "countAll"]
    assert actions[0]["inputFields"] == [{"name": "reason", "type": "string", "required": False}]


def test_the_time_stays_until_something_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    compiled(tmp_path)
    first = registry(tmp_path)["generatedAt"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    compiled(tmp_path)
    assert registry(tmp_path)["generatedAt"] == first == "2023-11-14T22:13:20.000Z"
    compiled(tmp_path, events('summary: text("summary"),', 'seats: integer("seats"),'))
    assert registry(tmp_path)["generatedAt"] == "2027-01-15T08:00:00.000Z"
