"""The fast lane's D1 shim answers like workerd's D1: same rows, same errors, same atomicity, same limits."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from lanes.lane import Lane, NodeLane, SqlError, WorkerdLane
from lanes.worker import D1Binding, Worker
from qb_compiler.model.literal import Json

Statement: TypeAlias = tuple[str, tuple[Json, ...]]

SCHEMA = """CREATE TABLE parent (id TEXT PRIMARY KEY NOT NULL, name TEXT UNIQUE, size INTEGER NOT NULL CHECK(size > 0));
CREATE TABLE child (id TEXT PRIMARY KEY NOT NULL, parent_id TEXT NOT NULL REFERENCES parent(id) ON DELETE CASCADE);
"""
PARENT = "INSERT INTO parent (id, name, size) VALUES (?1, ?2, ?3)"
CHILD = "INSERT INTO child (id, parent_id) VALUES (?1, ?2)"
UNDEFINED: Json = {"$": "undefined"}
BYTES: Json = {"$": "bytes", "value": [0, 255, 7]}


def of(sql: str, *parameters: Json) -> Statement:
    return sql, parameters


# In order: later statements see what earlier ones left.
SCRIPT: dict[str, tuple[str, list[Statement], Json]] = {
    "insert reports its change": ("run", [of(PARENT, "p1", "one", 1)], None),
    "insert returning gives the row": ("all", [of(f"{PARENT} RETURNING *", "p2", "two", 2)], None),
    "child rows": ("batch", [of(CHILD, "c1", "p1"), of(CHILD, "c2", "p1")], None),
    "unique": ("run", [of(PARENT, "p3", "one", 1)], None),
    "primary key": ("run", [of(PARENT, "p1", "three", 1)], None),
    "not null": ("run", [of(PARENT, "p3", "three", None)], None),
    "check": ("run", [of(PARENT, "p3", "three", 0)], None),
    "foreign key": ("run", [of(CHILD, "c3", "nobody")], None),
    "a batch is all or nothing": ("batch", [of(PARENT, "p8", "eight", 8), of(PARENT, "p1", "again", 1)], None),
    "nothing of the failed batch is left": ("all", [of("SELECT count(*) AS rows FROM parent")], None),
    "an update of no row succeeds": ("run", [of("UPDATE parent SET size = 2 WHERE id = 'nobody'")], None),
    "a cascade counts as changes": ("run", [of("DELETE FROM parent WHERE id = 'p1'")], None),
    "foreign keys stay on": ("run", [of("PRAGMA foreign_keys = off")], None),
    "foreign key still": ("run", [of(CHILD, "c3", "nobody")], None),
    "first row": ("first", [of("SELECT id, size FROM parent")], None),
    "first value": ("first", [of("SELECT id, size FROM parent")], "size"),
    "first of nothing": ("first", [of("SELECT id FROM parent WHERE id = 'nobody'")], None),
    "first of a missing column": ("first", [of("SELECT id FROM parent")], "nope"),
    "raw rows": ("raw", [of("SELECT id, name, size FROM parent")], None),
    "raw with names": ("raw", [of("SELECT id, size FROM parent")], {"columnNames": True}),
    "equal column names in rows": ("raw", [of("SELECT 1 AS a, 2 AS a")], None),
    "equal column names in objects": ("all", [of("SELECT 1 AS a, 2 AS a")], None),
    "types of parameters": (
        "all",
        [of("SELECT typeof(?1) a, typeof(?2) b, ?3 c, ?4 d", 1, 1.5, "x", None)],
        None,
    ),
    "booleans": ("all", [of("SELECT ?1 AS yes, ?2 AS no", True, False)], None),
    "bytes": ("all", [of("SELECT ?1 AS v, typeof(?1) AS t", BYTES)], None),
    "undefined": ("all", [of("SELECT ?1", UNDEFINED)], None),
    "an object": ("all", [of("SELECT ?1", {"a": 1})], None),
    "bigint": ("all", [of("SELECT ?1", {"$": "bigint", "value": "10"})], None),
    "large integers": ("all", [of("SELECT 9007199254740993 AS v, 1e400 AS inf, -0.0 AS zero, 1.0 AS one")], None),
    "too few parameters": ("all", [of("SELECT ?, ?", 1)], None),
    "too many parameters": ("all", [of("SELECT ?1", 1, 2)], None),
    "no parameters given": ("all", [of("SELECT ?1")], None),
    "100 parameters": ("raw", [of(f"SELECT {', '.join('?' * 100)}", *range(100))], None),
    "101 parameters": ("raw", [of(f"SELECT {', '.join('?' * 101)}", *range(101))], None),
    "a LIKE pattern of 50 bytes": ("raw", [of("SELECT 'x' LIKE ?1", "%" * 50)], None),
    "a LIKE pattern of 51 bytes": ("raw", [of("SELECT 'x' LIKE ?1", "%" * 51)], None),
    "5 terms of a union": ("raw", [of(" UNION ALL ".join(["SELECT 1"] * 5))], None),
    "6 terms of a union": ("raw", [of(" UNION ALL ".join(["SELECT 1"] * 6))], None),
    "100 result columns": ("raw", [of(f"SELECT {', '.join('1' * 100)}")], None),
    "101 result columns": ("raw", [of(f"SELECT {', '.join('1' * 101)}")], None),
    "an expression of depth 99": ("raw", [of(f"SELECT {'+'.join('1' * 99)}")], None),
    "an expression of depth 101": ("raw", [of(f"SELECT {'+'.join('1' * 101)}")], None),
    "a statement of 100 001 bytes": ("raw", [of(f"SELECT 1 {' ' * 99_992}")], None),
    "no such table": ("all", [of("SELECT * FROM nope")], None),
    "no such column": ("all", [of("SELECT nope FROM parent")], None),
    "syntax error": ("all", [of("SELCT 1")], None),
    "empty statement": ("all", [of("  ")], None),
    "empty batch": ("batch", [], None),
    "begin": ("run", [of("BEGIN")], None),
    "savepoint": ("run", [of("SAVEPOINT s")], None),
    "exec": ("exec", [of("SELECT 1;\nSELECT 2")], None),
    "exec of a bad line": ("exec", [of("SELECT 1;\nINSERT INTO nope VALUES (1)")], None),
    "json functions": ("all", [of("SELECT json_extract(?1, '$.a') AS a", '{"a": 5}')], None),
    "deferred foreign keys": (
        "batch",
        [of("PRAGMA defer_foreign_keys = on"), of(CHILD, "c9", "p9"), of(PARENT, "p9", "nine", 9)],
        None,
    ),
    "what is left": (
        "raw",
        [of("SELECT p.id, c.id FROM parent p LEFT JOIN child c ON parent_id = p.id")],
        None,
    ),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Json]]:
    """What each lane said to the whole script."""
    migrations = tmp_path_factory.mktemp("migrations")
    (migrations / "0000_initial.sql").write_text(SCHEMA.replace(";\nCREATE", ";\n--> statement-breakpoint\nCREATE"))
    worker = Worker(None, (D1Binding("DB", migrations), D1Binding("AUTH_DB")))
    return {lane.__name__: dict(_play(lane(worker))) for lane in (NodeLane, WorkerdLane)}


def _play(lane: Lane) -> Iterator[tuple[str, Json]]:
    with lane:
        for name, (method, statements, argument) in SCRIPT.items():
            yield name, _ask(lane, method, statements, argument)


def _ask(lane: Lane, method: str, statements: list[Statement], argument: Json) -> Json:
    try:
        return _comparable(lane.call("DB", method, statements, argument))
    except SqlError as error:
        return {"error": _plain(error.message), "cause": _plain(error.cause)}


def _plain(message: str) -> str:
    """Without what Node cannot know: the offset in the text, and workerd's reasons against BEGIN."""
    return re.sub(r" at offset \d+| The JavaScript API is safer.*", "", message)


def _comparable(answer: Json) -> Json:
    if isinstance(answer, list):
        return [_comparable(item) for item in answer]
    if isinstance(answer, dict) and "meta" in answer:
        meta = answer["meta"]
        assert isinstance(meta, dict)
        return {"results": answer["results"], "success": answer["success"], "changes": meta["changes"]}
    if isinstance(answer, dict) and "duration" in answer:
        return {"count": answer["count"]}
    return answer


@pytest.mark.parametrize("name", SCRIPT)
def test_the_shim_answers_like_workerd(answers: dict[str, dict[str, Json]], name: str) -> None:
    assert answers["NodeLane"][name] == answers["WorkerdLane"][name]


def test_the_script_reaches_every_constraint(answers: dict[str, dict[str, Json]]) -> None:
    said = str(answers["WorkerdLane"])
    for code in ("UNIQUE", "PRIMARYKEY", "NOTNULL", "CHECK", "FOREIGNKEY"):
        assert f"SQLITE_CONSTRAINT_{code}" in said


def test_databases_outlive_a_lane_that_persists_and_migrations_run_once(tmp_path: Path) -> None:
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    (migrations / "0000_initial.sql").write_text("CREATE TABLE kept (id TEXT)")
    worker = Worker(None, (D1Binding("DB", migrations),))
    for lane in (NodeLane, WorkerdLane):
        folder = tmp_path / lane.__name__
        folder.mkdir()
        with lane(worker, persist=folder) as first:
            first.sql("DB", "INSERT INTO kept VALUES ('x')")
        with lane(worker, persist=folder) as second:
            assert second.sql("DB", "SELECT * FROM kept") == [{"id": "x"}]
