"""A changed schema becomes one more migration, or a question that the author can answer; what is written stays."""

import json
import sqlite3
from pathlib import Path

import pytest

from compiler.platform.sources import codes, compiled, config, events, open_events
from http_suite.apps import PROJECTS
from lanes.lane import WorkerdLane
from lanes.packages import NODE, link_packages, packages, run
from lanes.worker import D1Binding, Worker
from qb_compiler import compile_project
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.memory import NoMemory
from qb_compiler.targets.auth.tables import auth_tables
from qb_compiler.targets.migrations.snapshot import FIRST, read_snapshot, write_snapshot
from qb_compiler.targets.migrations.stored import stored_database
from qb_compiler.targets.schema.storage import stored_tables

FEATURES = "quickback/drizzle/features"
INITIAL = f"{FEATURES}/0000_initial.sql"


def sql_files(root: Path) -> list[str]:
    return sorted(path.name for path in (root / FEATURES).glob("*.sql"))


def statements(root: Path, name: str) -> list[str]:
    """The statements of a migration, without its header."""
    lines = (root / FEATURES / name).read_text(encoding="utf-8").splitlines()[1:]
    return [part.strip() for part in "\n".join(lines).split("--> statement-breakpoint")]


def migrated(root: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    for name in sql_files(root):
        connection.executescript((root / FEATURES / name).read_text(encoding="utf-8"))
    return connection


def renames(text: str) -> str:
    return config(more=f"compiler: {{ migrations: {{ renames: {text} }} }},")


def test_an_unchanged_schema_adds_no_migration(tmp_path: Path) -> None:
    compiled(tmp_path)
    again = compiled(tmp_path)
    assert again.plan.created == again.plan.updated == ()
    assert sql_files(tmp_path) == ["0000_initial.sql"]


def test_a_new_column_is_added_and_the_first_migration_stays(tmp_path: Path) -> None:
    compiled(tmp_path)
    first = (tmp_path / INITIAL).read_bytes()
    compiled(tmp_path, events('summary: text("summary"),', 'seats: integer("seats").notNull().default(4),'))
    assert (tmp_path / INITIAL).read_bytes() == first
    assert sql_files(tmp_path) == ["0000_initial.sql", "0001_change_events.sql"]
    assert statements(tmp_path, "0001_change_events.sql") == [
        "ALTER TABLE `events` ADD `seats` integer DEFAULT 4 NOT NULL;"
    ]


def test_drizzle_kit_agrees_with_the_chain_of_migrations(tmp_path: Path) -> None:
    compiled(tmp_path)
    compiled(tmp_path, events('summary: text("summary").notNull().default(""),', 'seats: integer("seats"),'))
    link_packages(tmp_path)
    kit = [str(NODE), str(packages() / "drizzle-kit/bin.cjs")]
    assert "No schema changes" in run([*kit, "generate", "--config", "drizzle.config.ts"], tmp_path)
    assert "Everything's fine" in run([*kit, "check", "--config", "drizzle.config.ts"], tmp_path)


def test_a_required_column_is_refused_without_a_default(tmp_path: Path) -> None:
    compiled(tmp_path)
    result = compiled(tmp_path, events('summary: text("summary"),', 'seats: integer("seats").notNull(),'))
    assert codes(result) == ["QB6105"]
    assert not result.written and sql_files(tmp_path) == ["0000_initial.sql"]


def test_a_column_that_may_not_be_null_any_more_is_a_warning(tmp_path: Path) -> None:
    compiled(tmp_path)
    result = compiled(tmp_path, events('summary: text("summary").notNull(),'))
    (warning,) = result.diagnostics
    assert (warning.code, str(warning.level), result.written) == ("QB6107", "warning", True)
    assert "SELECT count(*) FROM events WHERE summary IS NULL" in (warning.hint or "")
    (change,) = [name for name in sql_files(tmp_path) if name != "0000_initial.sql"]
    old = sqlite3.connect(":memory:")
    old.executescript((tmp_path / INITIAL).read_text(encoding="utf-8"))
    old.execute("INSERT INTO events (id, organization_id) VALUES ('1', 'o')")
    with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        old.executescript((tmp_path / FEATURES / change).read_text(encoding="utf-8"))


def test_with_a_default_the_nulls_are_filled(tmp_path: Path) -> None:
    compiled(tmp_path)
    result = compiled(tmp_path, events('summary: text("summary").notNull().default("none"),'))
    assert (codes(result), result.written) == ([], True)


def test_a_possible_rename_is_a_question_that_names_the_key_to_set(tmp_path: Path) -> None:
    compiled(tmp_path)
    result = compiled(tmp_path, events('summaryText: text("summary_text"),'))
    [found] = result.diagnostics
    assert found.code == "QB6103" and not result.written
    assert found.message == "column `events.summary_text` is new and `summary` is gone: is it a rename?"
    assert 'compiler.migrations.renames.columns.events.summary_text: "summary"' in (found.hint or "")


def test_a_hint_makes_it_a_rename_that_keeps_the_values(tmp_path: Path) -> None:
    compiled(tmp_path)
    hint = renames('{ columns: { events: { summary_text: "summary" } } }')
    result = compiled(tmp_path, events('summaryText: text("summary_text"),'), hint)
    assert result.ok
    assert statements(tmp_path, "0001_change_events.sql") == [
        "ALTER TABLE `events` RENAME COLUMN `summary` TO `summary_text`;"
    ]


def test_a_hint_that_was_carried_out_may_stay(tmp_path: Path) -> None:
    hint = renames('{ columns: { events: { summary_text: "summary" } } }')
    compiled(tmp_path)
    compiled(tmp_path, events('summaryText: text("summary_text"),'), hint)
    again = compiled(tmp_path, events('summaryText: text("summary_text"),'), hint)
    assert again.ok and again.plan.created == ()


def test_a_renamed_table_keeps_its_rows(tmp_path: Path) -> None:
    compiled(tmp_path)
    table = events().replace('sqliteTable("events"', 'sqliteTable("happenings"')
    assert codes(compiled(tmp_path, table)) == ["QB6103"]
    assert compiled(tmp_path, table, renames('{ tables: { happenings: "events" } }')).ok
    assert statements(tmp_path, "0001_rename_events.sql") == ["ALTER TABLE `events` RENAME TO `happenings`;"]
    assert migrated(tmp_path).execute("SELECT count(*) FROM happenings").fetchone() == (0,)


def test_a_hint_for_a_name_that_is_not_in_the_schema_is_an_error(tmp_path: Path) -> None:
    result = compiled(tmp_path, settings=renames('{ tables: { nothing: "events" }, columns: { events: { x: "y" } } }'))
    assert codes(result) == ["QB6104", "QB6104"]


def test_a_tightened_column_is_rebuilt_with_its_default_where_it_was_null(tmp_path: Path) -> None:
    compiled(tmp_path)
    compiled(tmp_path, events('summary: text("summary").notNull().default("none"),'))
    connection = sqlite3.connect(":memory:")
    connection.executescript((tmp_path / INITIAL).read_text(encoding="utf-8"))
    connection.execute("INSERT INTO events (id, organization_id) VALUES ('e1', 'o1')")
    connection.executescript((tmp_path / FEATURES / "0001_change_events.sql").read_text(encoding="utf-8"))
    assert connection.execute("SELECT id, summary FROM events").fetchall() == [("e1", "none")]


GUESTS = """\
import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { events } from "./events";

export const guests = sqliteTable("guests", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  eventId: text("event_id").notNull().references(() => events.id, { onDelete: "cascade" }),
});

export default defineTable(guests, {
  firewall: { organization: {} },
  crud: { list: { access: { roles: ["member"] } } },
});
"""


def test_on_d1_a_rebuilt_table_keeps_the_rows_that_point_at_it(tmp_path: Path) -> None:
    project, state = tmp_path / "project", tmp_path / "state"
    state.mkdir()
    worker = Worker(None, (D1Binding("DB", project / FEATURES),))
    compiled(project, guests=GUESTS)
    with WorkerdLane(worker, persist=state) as lane:
        lane.sql("DB", "INSERT INTO events (id, organization_id) VALUES ('e1', 'o1')")
        lane.sql("DB", "INSERT INTO guests (id, organization_id, event_id) VALUES ('g1', 'o1', 'e1')")
    compiled(project, events('summary: text("summary").notNull().default("none"),'), guests=GUESTS)
    with WorkerdLane(worker, persist=state) as lane:
        joined = "SELECT guests.id, summary FROM guests JOIN events ON events.id = event_id"
        assert lane.sql("DB", joined) == [{"id": "g1", "summary": "none"}]


def test_a_migration_that_a_person_wrote_is_kept(tmp_path: Path) -> None:
    compiled(tmp_path)
    edited = (tmp_path / INITIAL).read_text(encoding="utf-8") + "-- and a line of mine\n"
    (tmp_path / INITIAL).write_text(edited, encoding="utf-8")
    result = compiled(tmp_path, events('summary: text("summary"),', 'seats: integer("seats"),'))
    assert result.ok and (tmp_path / INITIAL).read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("meta/_journal.json", "<<<<<<< ours"),
        ("meta/_journal.json", '{"entries": [{"idx": 0}]}'),
        ("meta/0000_snapshot.json", "{}"),
        ("meta/0000_snapshot.json", '{"version": "6", "dialect": "sqlite", "id": "x", "tables": {"events": 5}}'),
    ],
)
def test_a_damaged_history_is_an_error_and_nothing_is_written(tmp_path: Path, path: str, text: str) -> None:
    compiled(tmp_path)
    (tmp_path / FEATURES / path).write_text(text, encoding="utf-8")
    result = compiled(tmp_path, events('summary: text("summary"),', 'seats: integer("seats"),'))
    assert codes(result) == ["QB6102"] and not result.written


def test_a_missing_migration_is_an_error(tmp_path: Path) -> None:
    compiled(tmp_path)
    (tmp_path / INITIAL).unlink()
    assert codes(compiled(tmp_path)) == ["QB6102"]


def test_times_in_the_journal_grow_and_are_not_of_this_machine(tmp_path: Path) -> None:
    compiled(tmp_path)
    compiled(tmp_path, events('summary: text("summary"),', 'seats: integer("seats"),'))
    journal = json.loads((tmp_path / FEATURES / "meta/_journal.json").read_text(encoding="utf-8"))
    assert [entry["when"] for entry in journal["entries"]] == [1_700_000_000_000, 1_700_000_001_000]


CHECKED = """\
import { defineTable } from "@quickback/compiler";
import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

const LIMIT = 5;
export const rooms = sqliteTable(
  "rooms",
  { id: text("id").primaryKey(), organizationId: text("organization_id").notNull(), seats: integer("seats") },
  (table) => [check("few", sql`${table.seats} < ${LIMIT}`)],
);

export default defineTable(rooms, {
  firewall: { organization: {} },
  crud: { list: { access: { roles: ["member"] } } },
});
"""


def test_sql_that_a_migration_cannot_hold_is_an_error_at_its_place(tmp_path: Path) -> None:
    result = compiled(tmp_path, rooms=CHECKED)
    [found] = result.diagnostics
    assert found.code == "QB6101" and found.primary
    assert found.primary.span.text == "sql`${table.seats} < ${LIMIT}`"


def test_the_history_of_a_database_that_is_not_needed_any_more_stays(tmp_path: Path) -> None:
    assert compiled(tmp_path, open_events()).ok
    audit = tmp_path / "quickback/drizzle/audit/0000_initial.sql"
    assert audit.exists()
    assert compiled(tmp_path).ok
    assert audit.exists()


@pytest.mark.parametrize("name", [path.name for path in sorted(PROJECTS.iterdir())])
def test_a_snapshot_says_the_same_when_it_is_read_as_when_it_was_written(name: str) -> None:
    project = compile_project(PROJECTS / name, write=False).project
    assert project
    for tables in (auth_tables(project.config), stored_tables(project, NoMemory())):
        written = write_snapshot(stored_database(tables, Problems(), NoMemory()), FIRST)
        assert len(written.database.tables) == len(tables) > 0
        assert read_snapshot(written.text) == (written.id, written.database)
