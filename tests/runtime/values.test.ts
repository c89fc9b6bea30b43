import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { D1Database } from "./d1.mjs";
import { things } from "./support";
import { type Comparable, comparable, compare, contains, type Field, fieldsOf, instant, isIn, type Kind, parameter, plain } from "./values";

const fields = fieldsOf(things, ["createdAt"]);
const at = (name: string): Field => fields.get(name) as Field;
const noon = Date.parse("2026-01-31T12:00:00Z");

test("each column has its kind", () => {
  const kinds = Object.fromEntries([...fields].map(([name, { kind }]) => [name, kind]));
  assert.deepEqual(kinds, {
    id: "text", org: "text", name: "text", secret: "text", rank: "integer", weight: "real", price: "numeric", total: "numeric", open: "boolean", seen: "timestamp",
    millis: "timestamp", data: "json", bytes: "blob", createdAt: "timestamp", modifiedAt: "text", deletedAt: "text", parentId: "text",
  });
});

const COMPARED: [Kind, unknown, Comparable | null][] = [
  ["text", "a", "a"], ["text", 1, null], ["text", null, null], ["text", ["a"], null],
  ["boolean", false, false], ["boolean", 0, null], ["boolean", "true", null],
  ["integer", 3, 3], ["integer", "3", null], ["integer", Number.NaN, null], ["integer", Number.POSITIVE_INFINITY, null], ["real", 1.5, 1.5], ["real", true, null],
  ["numeric", "-1.50", -1.5], ["numeric", 2, 2], ["numeric", "1e3", null], ["numeric", Number.NaN, null], ["numeric", ["1"], null], ["numeric", null, null],
  ["timestamp", new Date(noon), noon], ["timestamp", "2026-01-31T12:00:00Z", noon], ["timestamp", new Date(Number.NaN), null], ["timestamp", noon, null],
  ["timestamp", ["2026-01-31"], null],
  ["json", {}, null], ["blob", "x", null],
];

for (const [kind, value, expected] of COMPARED)
  test(`as ${kind}, ${String(value)} compares as ${expected}`, () => assert.equal(comparable(kind, value), expected));

test("an instant is a Date or ISO text, and nothing that only looks like it", () => {
  assert.equal(instant({ toString: () => "2026-01-31" }), null);
  assert.equal(instant(["2026-01-31"]), null);
});

test("numbers are ordered as numbers, texts by code points", () => {
  const ordered = (list: Comparable[]) => [...list].reverse().sort(compare);
  assert.deepEqual(ordered([-1, 2, 10]), [-1, 2, 10]);
  const texts = ["", "10", "2", "a", "ab", "b", "\uFFFD", "\u{1F600}"];
  assert.deepEqual(ordered(texts), texts);
  assert.equal(compare("a", "a"), 0);
  assert.ok(compare("a", "ab") < 0 && compare("ab", "a") > 0);
  assert.ok(compare(2, "10") > 0 && compare("2", 10) > 0);
});

function sqlOf(query: ReturnType<typeof sql>): { sql: string; params: unknown[] } {
  return drizzle(new D1Database()).select({ x: query }).from(things).toSQL() as { sql: string; params: unknown[] };
}

test("a time is bound in the unit of its column", () => {
  const bound = (name: string, value: Comparable) => sqlOf(parameter(at(name), value)).params;
  assert.deepEqual([bound("seen", noon), bound("millis", noon), bound("createdAt", noon)], [[noon / 1000], [noon], ["2026-01-31T12:00:00.000Z"]]);
  assert.deepEqual([bound("rank", 5), bound("name", "x"), bound("open", true)], [[5], ["x"], [true]]);
  assert.deepEqual(bound("seen", "not a time"), ["not a time"]);
});

test("a list is bound as one parameter, each value in the unit of its column", () => {
  const bound = (name: string, values: Comparable[]) => JSON.parse(String(sqlOf(isIn(at(name), values)).params[0])) as unknown;
  assert.deepEqual(bound("seen", [noon]), [noon / 1000]);
  assert.deepEqual(bound("millis", [noon]), [noon]);
  assert.deepEqual(bound("createdAt", [noon]), ["2026-01-31T12:00:00.000Z"]);
  assert.deepEqual([bound("open", [true, false]), bound("rank", [1, 2]), bound("seen", ["x"])], [[1, 0], [1, 2], ["x"]]);
});

test("a search folds the letters of every alphabet", async () => {
  const d1 = new D1Database();
  await d1.prepare("create table things (name text)").run();
  const db = drizzle(d1);
  const found = async (stored: string, sought: string) => {
    await d1.prepare("delete from things").run();
    await d1.prepare("insert into things values (?)").bind(stored).run();
    return (await db.select({ name: things.name }).from(things).where(contains(at("name"), sought))).length === 1;
  };
  for (const [stored, sought] of [["Ärger", "ärG"], ["ärger", "ÄR"], ["ПРИВЕТ", "привет"], ["100%", "0%"], ["İ", "İ"], ["straße", "STRAßE"], ["ŉ", "ŉ"], ["\u007fx", "\u007fX"], ["漢字", "漢"]] as const)
    assert.equal(await found(stored, sought), true, `${sought} in ${stored}`);
  for (const [stored, sought] of [["Arger", "Ärger"], ["100", "%"], ["straße", "strasse"]] as const) assert.equal(await found(stored, sought), false, `${sought} in ${stored}`);
  assert.equal(sqlOf(contains(at("name"), "abc%漢\u007f\u0080")).sql.includes("replace("), false);
});

test("values leave as JSON can carry them", () => {
  assert.deepEqual([plain(12345678901234567890n), plain(Uint8Array.of(1, 2, 255)), plain("x"), plain(null)], ["12345678901234567890", "AQL/", "x", null]);
});
