"""The files around the code say what the config says, and leave alone what is the author's."""

import json
import tomllib
from pathlib import Path

import pytest

from compiler.platform.sources import codes, compiled, config, open_events
from lanes.packages import NODE, run
from qb_compiler.targets.deploy.versions import DEPENDENCIES, DEV_DEPENDENCIES


def wrangler(root: Path) -> dict[str, object]:
    return tomllib.loads((root / "wrangler.toml").read_text(encoding="utf-8"))


def package(root: Path) -> dict[str, dict[str, str]]:
    content = json.loads((root / "package.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_wrangler_binds_what_the_project_needs(tmp_path: Path) -> None:
    compiled(tmp_path)
    assert wrangler(tmp_path) == {
        "name": "sample-app",
        "main": "src/index.ts",
        "compatibility_date": "2026-06-01",
        "compatibility_flags": ["nodejs_compat"],
        "d1_databases": [
            {
                "binding": "AUTH_DB",
                "database_name": "sample-app-auth",
                "migrations_dir": "quickback/drizzle/auth",
            },
            {"binding": "DB", "database_name": "sample-app-features", "migrations_dir": "quickback/drizzle/features"},
        ],
    }


def test_wrangler_says_what_the_config_says(tmp_path: Path) -> None:
    runtime = (
        '{ compatibilityDate: "2026-01-15", observability: { enabled: true },'
        ' routes: [{ pattern: "api.example.com", custom_domain: true }] }'
    )
    database = (
        '{ authDatabaseId: "11-auth", featuresDatabaseId: "22-features", featuresBinding: "MAIN_DB",'
        ' vars: { APP_NAME: "A \\"quoted\\" name", BETTER_AUTH_URL: "https://api.example.com", LIMIT: 5, BETA: true } }'
    )
    result = compiled(tmp_path, settings=config(runtime=runtime, database=database))
    assert codes(result) == []
    written = wrangler(tmp_path)
    assert written["compatibility_date"] == "2026-01-15"
    assert written["observability"] == {"enabled": True}
    assert written["routes"] == [{"pattern": "api.example.com", "custom_domain": True}]
    assert written["vars"] == {
        "APP_NAME": 'A "quoted" name',
        "BETTER_AUTH_URL": "https://api.example.com",
        "LIMIT": 5,
        "BETA": True,
    }
    databases = written["d1_databases"]
    assert isinstance(databases, list)
    assert [(one["binding"], one["database_id"]) for one in databases] == [
        ("AUTH_DB", "11-auth"),
        ("MAIN_DB", "22-features"),
    ]


def test_public_routes_bring_a_limiter_and_public_writes_a_trail(tmp_path: Path) -> None:
    assert compiled(tmp_path, open_events()).ok
    written = wrangler(tmp_path)
    assert written["ratelimits"] == [
        {"name": "PUBLIC_RATE_LIMIT", "namespace_id": "1001", "simple": {"limit": 120, "period": 60}}
    ]
    databases = written["d1_databases"]
    assert isinstance(databases, list)
    assert databases[-1]["binding"] == "AUDIT_DB"
    assert (tmp_path / "drizzle.audit.config.ts").exists()
    assert "db:migrate:audit:local" in package(tmp_path)["scripts"]


def test_a_new_package_file_has_exact_versions_and_scripts_that_need_no_npm(tmp_path: Path) -> None:
    compiled(tmp_path)
    content = package(tmp_path)
    assert content["dependencies"] == DEPENDENCIES and content["devDependencies"] == DEV_DEPENDENCIES
    scripts = content["scripts"]
    assert {"dev", "db:migrate:local", "db:migrate:remote", "deploy"} <= scripts.keys()
    assert not any("npm" in script or "npx" in script for script in scripts.values())


def test_what_the_author_has_in_the_package_file_stays(tmp_path: Path) -> None:
    theirs = {
        "name": "mine",
        "license": "MIT",
        "scripts": {"test": "vitest", "dev": "something old"},
        "dependencies": {"left-pad": "^1.3.0", "hono": "^3.0.0"},
    }
    (tmp_path / "package.json").write_text(json.dumps(theirs, indent="\t"), encoding="utf-8")
    compiled(tmp_path)
    content = package(tmp_path)
    assert list(content)[:4] == ["name", "license", "scripts", "dependencies"]
    assert content["name"] == "mine" and content["scripts"]["test"] == "vitest"
    assert content["dependencies"] == {"left-pad": "^1.3.0", **DEPENDENCIES}
    assert (tmp_path / "package.json").read_text(encoding="utf-8").startswith('{\n\t"name"')


@pytest.mark.parametrize("text", ["{ not json", "[]", '"text"'])
def test_a_broken_package_file_is_an_error_and_is_not_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / "package.json").write_text(text, encoding="utf-8")
    result = compiled(tmp_path)
    assert codes(result) == ["QB6106"] and not result.written
    assert (tmp_path / "package.json").read_text(encoding="utf-8") == text


def test_lines_that_are_missing_are_added_to_the_ignore_file(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("# mine\nnode_modules\n*.log\n", encoding="utf-8")
    compiled(tmp_path)
    lines = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# mine", "node_modules", "*.log"]
    assert {".dev.vars", ".wrangler/"} <= set(lines) and "node_modules/" not in lines


def test_a_first_start_makes_a_secret_and_a_second_keeps_it(tmp_path: Path) -> None:
    compiled(tmp_path)
    script = tmp_path / "scripts/dev-vars.mjs"
    run([str(NODE), str(script)], tmp_path)
    made = (tmp_path / ".dev.vars").read_text(encoding="utf-8")
    assert made.startswith("BETTER_AUTH_SECRET=") and len(made) > 60
    run([str(NODE), str(script)], tmp_path)
    assert (tmp_path / ".dev.vars").read_text(encoding="utf-8") == made


def test_the_environment_type_knows_every_variable(tmp_path: Path) -> None:
    database = '{ vars: { APP_NAME: "x", LIMIT: 5, BETA: true } }'
    compiled(tmp_path, settings=config(database=database))
    text = (tmp_path / "src/env.ts").read_text(encoding="utf-8")
    for line in ("readonly APP_NAME: string;", "readonly LIMIT: number;", "readonly BETA: boolean;"):
        assert line in text


def test_what_mail_needs_is_in_the_environment_and_its_secrets_are_named(tmp_path: Path) -> None:
    database = '{ vars: { APP_NAME: "x", AWS_SES_REGION: "us-east-2" } }'
    result = compiled(tmp_path, settings=config(database=database, more='email: { from: "a@example.com" },'))
    assert codes(result) == []
    text = (tmp_path / "src/env.ts").read_text(encoding="utf-8")
    for line in ("APP_NAME: string;", "EMAIL_FROM: string;", "APP_URL?: string;", "AWS_SECRET_ACCESS_KEY?: string;"):
        assert text.count(f"readonly {line}") == 1
    example = (tmp_path / ".dev.vars.example").read_text(encoding="utf-8").splitlines()
    assert example[-2:] == ["AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY="]
    assert wrangler(tmp_path)["vars"] == {"APP_NAME": "x", "AWS_SES_REGION": "us-east-2", "EMAIL_FROM": "a@example.com"}


def test_every_role_that_a_definition_names_can_be_invited(tmp_path: Path) -> None:
    table = 'import { defineTable } from "@quickback/compiler";\n'
    table += 'import { sqliteTable, text } from "drizzle-orm/sqlite-core";\n'
    table += 'export const rooms = sqliteTable("rooms", { id: text("id").primaryKey(), '
    table += 'organizationId: text("organization_id").notNull() });\n'
    table += "export default defineTable(rooms, { firewall: { organization: {} }, "
    table += 'crud: { list: { access: { roles: ["hiring-manager", "owner"] } } } });\n'
    compiled(tmp_path, rooms=table)
    text = (tmp_path / "src/auth/roles.ts").read_text(encoding="utf-8")
    assert '"hiring-manager": memberAc' in text
