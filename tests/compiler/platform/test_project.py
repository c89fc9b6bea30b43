"""A compiled project type-checks, is formatted, agrees with drizzle-kit, and its migrations apply."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from compiler.platform.projects import recruiting, write
from lanes.build import biome, tsc
from lanes.packages import NODE, link_packages, packages, run
from qb_compiler.model.memory import Memory
from qb_compiler.targets.api.code import WIDTH
from qb_compiler.targets.auth.tables import auth_tables
from qb_compiler.targets.schema.storage import stored_tables

FORMATTED = ("src/db/auth-schema.ts", "src/auth/auth.ts", "src/auth/roles.ts", "src/env.ts", "src/features/*/schema.ts")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    assert write(root, recruiting()) == ()
    link_packages(root)
    return root


def test_every_type_of_the_project_holds(project: Path) -> None:
    tsc(project)


def test_what_surrounds_the_api_is_formatted_as_a_formatter_would(project: Path) -> None:
    settings = {"formatter": {"indentStyle": "space", "lineWidth": WIDTH}}
    (project / "biome.json").write_text(json.dumps(settings), encoding="utf-8")
    files = [str(path.relative_to(project)) for pattern in FORMATTED for path in sorted(project.glob(pattern))]
    assert len(files) == 6
    biome(project, "format", *files)


@pytest.mark.parametrize("config", ["drizzle.config.ts", "drizzle.auth.config.ts"])
def test_drizzle_kit_finds_nothing_to_migrate(project: Path, tmp_path: Path, config: str) -> None:
    copy = shutil.copytree(project, tmp_path / "copy", symlinks=True)
    before = sorted(path.name for path in copy.rglob("*.sql"))
    said = run([str(NODE), str(packages() / "drizzle-kit/bin.cjs"), "generate", "--config", config], copy)
    assert "No schema changes" in said, said
    assert sorted(path.name for path in copy.rglob("*.sql")) == before


@pytest.mark.parametrize(("database", "tables"), [("auth", 8), ("features", 2)])
def test_the_first_migration_makes_the_tables_that_the_schema_declares(
    project: Path, database: str, tables: int
) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript((project / f"quickback/drizzle/{database}/0000_initial.sql").read_text(encoding="utf-8"))
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    sample = recruiting()
    declared = auth_tables(sample.config) if database == "auth" else stored_tables(sample, Memory())
    assert found == {table.sql_name for table in declared}
    assert len(found) == tables


def test_the_same_input_gives_the_same_bytes_and_leaves_migrations_alone(project: Path, tmp_path: Path) -> None:
    files = {path.relative_to(project).as_posix(): path for path in project.rglob("*") if _generated(project, path)}
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
    assert write(tmp_path, recruiting(), texts) == ()
    again = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert again == texts


def _generated(project: Path, path: Path) -> bool:
    first = path.relative_to(project).parts[0]
    return path.is_file() and first not in {"node_modules", "biome.json", ".lanes"}
