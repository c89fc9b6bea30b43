"""Source that is carried over takes along exactly what it needs of its file."""

import pytest

from compiler.evaluate.reading import read
from qb_compiler.evaluate.values import CallValue, CodeValue, ObjectValue
from qb_compiler.model.carried import Carried

MODULE = """
import { z } from "zod";
import { eq as equals, sql } from "drizzle-orm";
import type { Context } from "@quickback/compiler";
import { type Money, format } from "./money";
import * as money from "./money";
import Stripe from "stripe";
import { jobs } from "./jobs";

const RATE = 7, OTHER = 8;
export const LIMITS = { max: RATE };
enum Stage { Open, Closed }
type Row = { id: string; stage: Stage };
interface Named extends Base { name: string }
interface Base { at: Date }
const Row = 5;
export function helper(value: number): number { return value * LIMITS.max; }
export const unused = helper(1);
"""
OTHERS = {
    "money.ts": "export type Money = number; export const format = (x: Money) => String(x); export default 1;",
    "jobs.ts": 'import { sqliteTable } from "drizzle-orm/sqlite-core"; export const jobs = sqliteTable("jobs", {});',
}


def carried(expression: str, module: str = MODULE) -> Carried:
    reading = read(f"{module}\nexport default {{ it: {expression} }};", OTHERS)
    assert not reading.diagnostics
    value = reading.value
    assert isinstance(value, ObjectValue)
    found = value.get("it")
    assert isinstance(found, CodeValue | CallValue)
    return found.source


@pytest.mark.parametrize(
    ("expression", "imports"),
    [
        ("(x) => x", []),
        ("(row) => equals(row.id, 1)", ["eq as equals from drizzle-orm"]),
        ("z.object({ a: z.string() })", ["z as z from zod"]),
        ("sql`(unixepoch())`", ["sql as sql from drizzle-orm"]),
        ("(z) => z.sql", []),
        ("({ z }) => z", []),
        ("(x: { z: string }) => x.z", []),
        ("(x) => { const { z } = x; return z; }", []),
        ("(x) => { for (const z of x) z(); }", []),
        ("(x) => { try { x(); } catch (z) { z.message; } }", []),
        ("(x) => { { const z = 1; } return z; }", ["z as z from zod"]),
        ("(x = z) => x", ["z as z from zod"]),
        ("function z() { return z; }", []),
        ("(ctx: Context) => ctx", ["type Context as Context from @quickback/compiler"]),
        ("(m: Money) => format(m)", ["type Money as Money from ./money (quickback/money.ts)",
                                     "format as format from ./money (quickback/money.ts)"]),
        ("() => money.format(1)", ["* as money from ./money (quickback/money.ts)"]),
        ("() => new Stripe(RATE)", ["default as Stripe from stripe"]),
        ("(x): x is z.ZodType => true", ["type z as z from zod"]),
        ("<Money,>(x: Money) => x", []),
        ("() => jobs.id", ["jobs as jobs from ./jobs (quickback/jobs.ts)"]),
        ("() => ({ z, sql: 1 })", ["z as z from zod"]),
    ],
)  # fmt: skip
def test_the_imports_that_are_used_come_along(expression: str, imports: list[str]) -> None:
    shown = [
        f"{'type ' if i.type_only else ''}{i.name} as {i.alias} from {i.module}{f' ({i.file})' if i.file else ''}"
        for i in carried(expression).imports
    ]
    assert shown == imports


@pytest.mark.parametrize(
    ("expression", "declarations"),
    [
        ("() => RATE", ["const RATE = 7, OTHER = 8;"]),
        ("() => RATE + OTHER", ["const RATE = 7, OTHER = 8;"]),
        ("() => LIMITS", ["const RATE = 7, OTHER = 8;", "const LIMITS = { max: RATE };"]),
        ("() => Stage.Open", ["enum Stage { Open, Closed }"]),
        ("(x: Row) => x", ["enum Stage { Open, Closed }", "type Row = { id: string; stage: Stage };"]),
        ("() => Row", ["const Row = 5;"]),
        ("(x: Named) => x", ["interface Named extends Base { name: string }", "interface Base { at: Date }"]),
        ("(RATE) => RATE", []),
        (
            "() => helper(2)",
            [
                "const RATE = 7, OTHER = 8;",
                "const LIMITS = { max: RATE };",
                "function helper(value: number): number { return value * LIMITS.max; }",
            ],
        ),
    ],
)
def test_the_declarations_that_are_used_come_along_in_order(expression: str, declarations: list[str]) -> None:
    assert list(carried(expression).declarations) == declarations


def test_a_table_of_the_same_file_is_imported_not_copied() -> None:
    module = 'import { sqliteTable } from "drizzle-orm/sqlite-core";\nexport const people = sqliteTable("people", {});'
    (found,) = carried("() => people.id", module).imports
    assert (found.name, found.file) == ("people", "quickback/main.ts")


def test_line_ends_of_windows_become_plain() -> None:
    assert carried("() => {\r\n  return 1;\r\n}").text == "() => {\n  return 1;\n}"


def test_a_function_made_by_a_helper_must_not_use_the_helpers_names() -> None:
    reading = read("const mask = (keep: number) => ({ mask: (v: string) => v.slice(keep) });\nexport default mask(2);")
    (entry,) = reading.entries
    assert isinstance(entry.value, CodeValue)
    assert not reading.diagnostics
    assert "keep" in entry.value.source.text
    assert [diagnostic.code for diagnostic in reading.diagnostics] == ["QB2022"]


def test_a_method_is_carried_as_it_is_written() -> None:
    reading = read("export default { async execute({ db }) { return db; } };")
    (entry,) = reading.entries
    assert isinstance(entry.value, CodeValue)
    assert (entry.key, entry.value.source.text) == ("execute", "async execute({ db }) { return db; }")
