"""Constants travel between files the ways TypeScript lets them."""

import pytest

from compiler.evaluate.reading import MAIN, read
from qb_compiler.evaluate.values import CallValue, CodeValue, ExternalValue, MemberValue
from qb_compiler.source.specifiers import PathAliases

ROLES = {"roles.ts": 'export const ADMINS = ["owner"] as const;\nexport default { all: ["owner", "member"] };\n'}


@pytest.mark.parametrize(
    ("statement", "expression", "expected"),
    [
        ('import { ADMINS } from "./roles";', "ADMINS", '["owner"]'),
        ('import { ADMINS as STAFF } from "./roles.ts";', "STAFF", '["owner"]'),
        ('import { ADMINS } from "./roles.js";', "[...ADMINS, 1]", '["owner", 1]'),
        ('import roles from "./roles";', "roles.all", '["owner", "member"]'),
        ('import roles, { ADMINS } from "./roles";', "[roles.all.length, ADMINS]", '[2, ["owner"]]'),
        ('import * as roles from "./roles";', "roles.ADMINS", '["owner"]'),
        ('import * as roles from "./roles";', "Object.keys(roles)", '["ADMINS", "default"]'),
        ('import { default as roles } from "./roles";', "roles.all[1]", '"member"'),
        ('import type { Stage } from "./roles"; import { ADMINS } from "./roles";', "ADMINS", '["owner"]'),
        ('import { type Stage, ADMINS } from "./roles";', "ADMINS", '["owner"]'),
    ],
)
def test_each_form_of_import_brings_the_value(statement: str, expression: str, expected: str) -> None:
    reading = read(f"{statement}\nexport default {expression};", ROLES)
    assert reading.json == expected
    assert not reading.diagnostics


@pytest.mark.parametrize(
    "between",
    [
        'export { ADMINS } from "./roles";',
        'export { ADMINS as STAFF, ADMINS } from "./roles";',
        'export * from "./roles";',
        'import { ADMINS } from "./roles"; export { ADMINS };',
        'import { ADMINS as A } from "./roles"; export { A as ADMINS };',
        'import { ADMINS as A } from "./roles"; export const ADMINS = A;',
        'export * from "./nothing"; export * from "./roles";',
        'export * from "./circle"; export * from "./roles";',
    ],
)
def test_a_re_export_hands_the_value_on(between: str) -> None:
    others = {**ROLES, "index.ts": between, "nothing.ts": "export {};", "circle.ts": 'export * from "./index";'}
    reading = read('import { ADMINS } from ".";\nexport default ADMINS;', others)
    assert reading.json == '["owner"]'
    assert not reading.diagnostics


def test_a_namespace_can_be_re_exported() -> None:
    others = {**ROLES, "index.ts": 'export * as roles from "./roles";'}
    assert read('import { roles } from "./index";\nexport default roles.ADMINS;', others).json == '["owner"]'


def test_paths_and_base_url_of_the_tsconfig_are_followed() -> None:
    aliases = PathAliases((("@shared/*", ("quickback/lib/*",)), ("@roles", ("quickback/roles",))), base="quickback")
    others = {**ROLES, "lib/limits.ts": "export const LIMIT = 5;", "lib/deep/index.ts": "export const DEEP = 6;"}
    main = """
import { LIMIT } from "@shared/limits";
import { DEEP } from "@shared/deep";
import { ADMINS } from "@roles";
import { LIMIT as SAME } from "lib/limits";
import { z } from "zod";
export default [LIMIT, DEEP, SAME, ADMINS];
"""
    reading = read(main, others, aliases)
    assert reading.json == '[5, 6, 5, ["owner"]]'
    assert not reading.diagnostics


def test_a_package_gives_external_values() -> None:
    reading = read(
        'import { sqliteTable as table } from "drizzle-orm/sqlite-core";\n'
        'import * as core from "drizzle-orm/sqlite-core";\n'
        'import zod from "zod";\n'
        "export default [table, core.text, zod.string];"
    )
    first, second, third = reading.items
    assert isinstance(first, ExternalValue)
    assert (first.module, first.name) == ("drizzle-orm/sqlite-core", "sqliteTable")
    assert isinstance(second, ExternalValue)
    assert (second.module, second.name) == ("drizzle-orm/sqlite-core", "text")
    assert isinstance(third, MemberValue)


def test_a_package_can_be_re_exported_by_a_project_file() -> None:
    others = {
        "db.ts": 'export * from "drizzle-orm/sqlite-core";',
        "q.ts": 'export { text as q } from "drizzle-orm/sqlite-core";',
    }
    reading = read(
        'import { sqliteTable } from "./db";\nimport { q } from "./q";\nexport default [sqliteTable, q];', others
    )
    names = [(item.module, item.name) for item in reading.items if isinstance(item, ExternalValue)]
    assert names == [("drizzle-orm/sqlite-core", "sqliteTable"), ("drizzle-orm/sqlite-core", "text")]


def test_a_table_is_known_by_its_name_wherever_it_is_imported() -> None:
    table = 'import { sqliteTable } from "drizzle-orm/sqlite-core";\nexport const jobs = sqliteTable("jobs", {});'
    others = {"jobs.ts": table}
    reading = read('import { jobs as work } from "./jobs";\nexport default work;', others)
    assert isinstance(reading.value, CallValue)
    assert reading.modules.binding_of(reading.value) == ("quickback/jobs.ts", "jobs")


def test_values_keep_the_place_where_they_are_written() -> None:
    reading = read('import { ADMINS } from "./roles";\nexport default { roles: ADMINS };', ROLES)
    (entry,) = reading.entries
    assert entry.key_span.file.path == MAIN
    assert (entry.value.span.file.path, entry.value.span.text) == ("quickback/roles.ts", '["owner"]')


def test_names_and_exports_are_listed_without_types() -> None:
    reading = read("export const a = 1; const b = 2; export type T = string; export interface I {} export { b as c };")
    assert list(reading.main.exports) == ["a", "c"]
    assert list(reading.main.names) == ["a", "b"]
    assert reading.main.default is None


@pytest.mark.parametrize("order", ["type Stage = 1; const Stage = 2;", "const Stage = 2; type Stage = 1;"])
def test_a_name_may_be_a_type_and_a_constant(order: str) -> None:
    assert read(f"{order} export default Stage;").json == "2"


@pytest.mark.parametrize(
    ("main", "code", "place"),
    [
        ('import { ROLES } from "./roels";', "QB2002", '"./roels"'),
        ('import { ADMIN } from "./roles";', "QB2003", "ADMIN"),
        ('export { ADMIN } from "./roles";', "QB2003", "ADMIN"),
        ('import { missing } from "../../other/roles"; export default missing;', "QB2004", "missing"),
        ('import roles = require("./roles");', "QB2010", 'import roles = require("./roles");'),
        ("export = 3;", "QB2010", "export = 3;"),
    ],
)
def test_an_import_that_leads_nowhere_is_reported(main: str, code: str, place: str) -> None:
    reading = read(main, ROLES)
    if "default" in main:
        reading.problems.report(reading.problem)
    (found,) = reading.diagnostics
    assert (found.code, found.primary and found.primary.span.text) == (code, place)


def test_a_type_import_from_nowhere_is_left_to_typescript() -> None:
    assert not read('import type { Env } from "../src/env";\nimport { run } from "../src/run";').diagnostics


@pytest.mark.parametrize(
    "files",
    [
        ("export const a = b; export const b = a; export default a;", {}),
        (
            'import { x } from "./x"; export const y = x; export default y;',
            {"x.ts": 'import { y } from "./main"; export const x = y;'},
        ),
        ("const f = () => g(); const g = () => f(); export default f();", {}),
        ("const a = { ...a }; export default a;", {}),
        ("enum E { A = E.B, B = 1 } export default E;", {}),
    ],
)
def test_a_circle_ends_with_a_problem(files: tuple[str, dict[str, str]]) -> None:
    reading = read(*files)
    found = reading.value if isinstance(reading.value, CodeValue) else reading.entries[0].value
    assert isinstance(found, CodeValue)
    assert found.problem


def test_a_circle_of_re_exports_exports_nothing() -> None:
    reading = read('export { x } from "./other";', {"other.ts": 'export { x } from "./main";'})
    assert {diagnostic.code for diagnostic in reading.diagnostics} == {"QB2003"}


def test_what_nobody_reads_is_no_error() -> None:
    reading = read("export const now = new Date(); const load = await fetch(url); export default 1;")
    assert reading.json == "1"
    assert not reading.diagnostics


def test_a_file_with_a_syntax_error_says_nothing_more() -> None:
    reading = read('import { A, B } from "./broken"; export default [A];', {"broken.ts": "export const A = [1 2];"})
    assert [diagnostic.code for diagnostic in reading.diagnostics] == ["QB1101"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": [1, -2.5e3, true, null, "\\u00e9\\n\\/"], "b": {}}', '{"a": [1, -2500, true, null, "é\\n/"], "b": {}}'),
        (' [ [], "a" ] ', '[[], "a"]'),
        ('"text"', '"text"'),
        ("12", "12"),
    ],
)
def test_a_json_file_is_its_value(text: str, expected: str) -> None:
    reading = read('import data from "./data.json";\nexport default data;', {"data.json": text})
    assert (reading.json, reading.diagnostics) == (expected, ())
    assert reading.value.span.file.path == "quickback/data.json"
    assert reading.value.span.text == text.strip()


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "QB2005", ""),
        ('{"a" 1}', "QB2005", "1"),
        ("{'a': 1}", "QB2005", "'"),
        ("[NaN]", "QB2005", ""),
        ("[" * 100_000, "QB2020", ""),
        ("[" * 200 + "]" * 200, "QB2020", "["),
        (f"[{', '.join(['1'] * 30_000)}]", "QB2021", "1"),
        ('{"a": 1, "a": 2}', "QB2017", '"a"'),
        ('{"__proto__": 1}', "QB2019", '"__proto__"'),
        ('["\\ud800"]', "QB2026", '"\\ud800"'),
        ("[1e999]", "QB2025", "1e999"),
        ("9" * 5_000, "QB2005", ""),
    ],
)
def test_a_json_file_without_a_value_is_refused_at_the_place(text: str, code: str, place: str) -> None:
    reading = read('import data from "./data.json";\nexport default data;', {"data.json": text})
    (diagnostic,) = reading.diagnostics
    assert diagnostic.primary
    assert (diagnostic.code, diagnostic.primary.span.text) == (code, place)
    assert diagnostic.primary.span.file.path == "quickback/data.json"


def test_code_that_is_carried_brings_the_json_file_along() -> None:
    main = 'import { rates } from "./data.json";\nexport default () => rates.open;'
    value = read(main, {"data.json": '{"rates": {"open": 1}}'}).value
    assert isinstance(value, CodeValue)
    (found,) = value.source.imports
    assert (found.name, found.file) == ("rates", "quickback/data.json")
