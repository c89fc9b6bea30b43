"""The tables that the compiler knows of Better Auth are those that the installed Better Auth has."""

import json
import os
from pathlib import Path

import pytest

from lanes.packages import NODE, packages, run
from qb_compiler.targets.auth.tables import AuthTable, known_tables, merged_tables
from qb_compiler.targets.deploy.versions import DEPENDENCIES

DATA = Path(__file__).parents[3] / "compiler/qb_compiler/targets/auth/tables.json"
Tables = dict[str, AuthTable]


@pytest.fixture(scope="module")
def installed() -> dict[str, Tables]:
    """Set name -> tables, and the base under the name "base"."""
    script = Path(__file__).with_name("auth_tables.mjs")
    said = json.loads(run([str(NODE), str(script), str(packages())], Path(__file__).parent))
    found: dict[str, Tables] = {"base": said["base"], **said["sets"]}
    if os.environ.get("QB_UPDATE"):
        DATA.write_text(json.dumps(_data(found), indent=1) + "\n", encoding="utf-8")
        known_tables.cache_clear()
    return found


def test_the_data_is_of_the_version_that_projects_install(installed: dict[str, Tables]) -> None:
    assert known_tables()["version"] == DEPENDENCIES["better-auth"] == _version()
    assert set(known_tables()["plugins"]) | {"base"} == set(installed)


def test_every_set_of_plugins_has_the_tables_that_better_auth_wants(installed: dict[str, Tables]) -> None:
    for name, tables in installed.items():
        sets = {"base": (), "teams": ("organization", "teams")}.get(name, (name,))
        merged = merged_tables(sets)
        missing = {} if name == "base" else {"rateLimit": merged["rateLimit"]}
        assert {table: _plain(merged[table]) for table in merged} == {
            table: _plain(of) for table, of in {**tables, **missing}.items()
        }, name


def _plain(table: AuthTable) -> object:
    return dict(table["fields"]), sorted((index["fields"], index["unique"]) for index in table["indexes"])


def _version() -> str:
    version = json.loads((packages() / "better-auth/package.json").read_text(encoding="utf-8"))["version"]
    assert isinstance(version, str)
    return version


def _data(found: dict[str, Tables]) -> dict[str, object]:
    base = found["base"]
    with_organization = {**base, **found["organization"]}
    plugins = {
        name: _added(tables, with_organization if name == "teams" else base)
        for name, tables in found.items()
        if name != "base"
    }
    return {"version": _version(), "base": base, "plugins": plugins}


def _added(tables: Tables, known: Tables) -> Tables:
    nothing: AuthTable = {"fields": {}, "indexes": []}
    found: Tables = {}
    for name, table in tables.items():
        before = known.get(name, nothing)
        fields = {field: of for field, of in table["fields"].items() if field not in before["fields"]}
        indexes = [index for index in table["indexes"] if index not in before["indexes"]]
        if fields or indexes:
            found[name] = {"fields": fields, "indexes": indexes}
    return found
