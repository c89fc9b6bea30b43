import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type SQL } from "drizzle-orm";
import { integer, numeric, real, SQLiteSyncDialect, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { allows, allowsAnyRow, allowsRole, type Condition, fromContext, recordFilter, type Rule } from "./access";
import { ANONYMOUS, contextValue, type Ctx } from "./context";
import { matches } from "./firewall";
import { fieldsOf, type Row } from "./values";

const things = sqliteTable("things", {
  id: text("id").primaryKey(),
  name: text("name"),
  rank: integer("rank"),
  weight: real("weight"),
  price: numeric("price"),
  open: integer("open", { mode: "boolean" }),
  seconds: integer("seconds", { mode: "timestamp" }),
  millis: integer("millis", { mode: "timestamp_ms" }),
  createdAt: text("created_at"),
});
const fields = fieldsOf(things, ["createdAt"]);
const dialect = new SQLiteSyncDialect();
const database = new DatabaseSync(":memory:");
database.exec(
  "create table things (id text, name text, rank integer, weight real, price numeric, open integer, seconds integer, millis integer, created_at text)",
);

const ctx: Ctx = { ...ANONYMOUS, authenticated: true, userId: "u1", userRole: "user", roles: ["member", "editor"] };
const at = (iso: string) => new Date(iso);
const ROWS: (typeof things.$inferSelect)[] = [
  { id: "1", name: "u1", rank: 1, weight: 0.5, price: "9.9", open: true, seconds: at("2026-01-01T00:00:00Z"), millis: at("2026-01-01T00:00:00.500Z"), createdAt: "2026-01-01T00:00:00.000Z" },
  { id: "2", name: "Z", rank: 0, weight: -1, price: "10", open: false, seconds: at("2026-01-01T00:00:01Z"), millis: at("2026-01-01T00:00:01Z"), createdAt: "2026-06-01T00:00:00.000Z" },
  { id: "3", name: "a", rank: 10, weight: 2, price: "100", open: true, seconds: null, millis: null, createdAt: null },
  { id: "4", name: null, rank: null, weight: null, price: null, open: null, seconds: null, millis: null, createdAt: null },
  { id: "5", name: "\u{1F600}", rank: -5, weight: 1e9, price: "-1", open: false, seconds: at("1999-12-31T23:59:59Z"), millis: at("1999-12-31T23:59:59.999Z"), createdAt: "1999-12-31T23:59:59.999Z" },
  { id: "6", name: "\uFFFD", rank: 7, weight: 0, price: "0", open: false, seconds: at("2030-01-01T00:00:00Z"), millis: at("2030-01-01T00:00:00Z"), createdAt: "2030-01-01T00:00:00.000Z" },
];
for (const row of ROWS) {
  const [open, price] = [row.open === null ? null : Number(row.open), row.price === null ? null : Number(row.price)];
  const [seconds, millis] = [row.seconds && row.seconds.getTime() / 1000, row.millis && row.millis.getTime()];
  database
    .prepare("insert into things values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .run(row.id, row.name, row.rank, row.weight, price, open, seconds, millis, row.createdAt);
}

function selected(where: SQL): string[] {
  const query = dialect.sqlToQuery(where);
  const values = query.params.map((value) => (typeof value === "boolean" ? Number(value) : (value as string | number | null)));
  return database.prepare(`select id from things where ${query.sql}`).all(...values).map((row) => String(row.id));
}

const evaluated = (rule: Rule): string[] => ROWS.filter((row) => allows(rule, fields, ctx, row as Row)).map(({ id }) => id);

const OPERANDS: Record<string, readonly (string | number | boolean | null)[]> = {
  name: ["u1", "a", "Z", "\u{1F600}", "\uFFFD", "", null],
  rank: [0, 1, -5, 10, null],
  weight: [0, 0.5, 2, -1, null],
  price: ["10", "9.9", 10, 0, null],
  open: [true, false, null],
  seconds: ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.500Z", "2026-01-01T01:00:01+01:00", "2026-01-01", null],
  millis: ["2026-01-01T00:00:00.500Z", "2026-01-01", null],
  createdAt: ["2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00", "2030-01-01", null],
};
const ORDERED = ["lessThan", "greaterThan", "lessThanOrEqual", "greaterThanOrEqual"] as const;

function* conditions(): Generator<[string, Condition]> {
  for (const [column, operands] of Object.entries(OPERANDS)) {
    for (const value of [...operands, fromContext("userId"), fromContext("missing"), "not of this kind", 5]) {
      yield [column, { equals: value }];
      yield [column, { notEquals: value }];
      if (value !== null && column !== "open") for (const operator of ORDERED) yield [column, { [operator]: value }];
    }
    yield [column, { in: operands }];
    yield [column, { notIn: operands.slice(0, 2) }];
    yield [column, { in: [] }];
    yield [column, { notIn: [] }];
    yield [column, { notIn: [null] }];
    yield [column, { in: [...operands, fromContext("missing")] }];
    yield [column, { notIn: [fromContext("missing")] }];
    yield [column, { notEquals: null, equals: operands[0] ?? null }];
  }
}

test("a rule selects exactly the rows that it holds for", () => {
  let compared = 0;
  for (const [column, condition] of conditions()) {
    const rule: Rule = { record: { [column]: condition } };
    assert.deepEqual(selected(recordFilter(rule, fields, ctx)), evaluated(rule), `${column} ${JSON.stringify(condition)}`);
    compared += 1;
  }
  assert.ok(compared > 250);
});

test("so do nested rules, whatever stands beside or inside them", () => {
  const parts: Rule[] = [
    { roles: ["member"] },
    { roles: ["owner"] },
    { roles: ["PUBLIC"] },
    { roles: ["AUTHENTICATED"] },
    { roles: [] },
    { userRole: ["user"] },
    { userRole: ["admin"] },
    { record: { name: { equals: fromContext("userId") } } },
    { record: { rank: { greaterThan: 0 }, open: { equals: true } } },
    {},
  ];
  for (const a of parts)
    for (const b of parts)
      for (const c of parts) {
        for (const rule of [{ ...a, or: [b, c] }, { ...a, and: [b, c] }, { or: [{ and: [a, b] }, c] }] satisfies Rule[])
          assert.deepEqual(selected(recordFilter(rule, fields, ctx)), evaluated(rule), JSON.stringify(rule));
      }
});

test("R1: a missing scope value matches no row", () => {
  for (const value of [null, undefined, {}, [], NaN === 0, Symbol.iterator])
    assert.deepEqual(selected(matches(things.name, value)), []);
  assert.deepEqual(selected(matches(things.name, "u1")), ["1"]);
  assert.deepEqual(selected(matches(things.rank, 10)), ["3"]);
});

test("R3: a path through the context sees own properties alone", () => {
  for (const path of ["__proto__", "constructor", "constructor.name", "user.__proto__", "roles.length.x", "toString", ""])
    assert.equal(contextValue(ctx, path), null, path);
  assert.equal(contextValue(ctx, "userId"), "u1");
  const odd: Rule = { record: JSON.parse('{"__proto__": {"equals": null}}') as Rule["record"] };
  assert.deepEqual(evaluated(odd), []);
  assert.deepEqual(selected(recordFilter(odd, fields, ctx)), []);
});

test("R6: two missing values are not equal", () => {
  const rule: Rule = { record: { name: { equals: fromContext("userId") } } };
  assert.equal(allows(rule, fields, ANONYMOUS, { name: null }), false);
  assert.equal(allows(rule, fields, ANONYMOUS, { name: undefined }), false);
});

test("R7: an empty list of roles, an empty `or` and an unknown column admit nobody", () => {
  for (const rule of [{ roles: [] }, { or: [] }, { roles: ["member"], or: [] }, { record: { nope: { equals: 1 } } }] satisfies Rule[]) {
    assert.deepEqual(evaluated(rule), []);
    assert.deepEqual(selected(recordFilter(rule, fields, ctx)), []);
  }
  assert.deepEqual(evaluated({ record: { name: {} } }), []);
  assert.equal(allowsRole({ roles: [] }, ctx), false);
});

test("a value of the context stands for itself", () => {
  for (const condition of [{ equals: fromContext("userId") }, { in: [fromContext("userId"), "z"] }])
    assert.deepEqual([evaluated({ record: { name: condition } }), selected(recordFilter({ record: { name: condition } }, fields, ctx))], [["1"], ["1"]]);
  assert.equal(allows({ record: { name: { equals: null } } }, fields, ctx, {}), true);
  assert.equal(allows({ record: { name: { notEquals: null } } }, fields, ctx, {}), false);
});

test("siblings of `or` count", () => {
  assert.equal(allowsRole({ roles: ["owner"], or: [{ roles: ["member"] }] }, ctx), false);
  assert.equal(allowsRole({ roles: ["member"], or: [{ roles: ["editor"] }] }, ctx), true);
});

test("a rule on rows holds for no row in general, and for some row as far as one can know", () => {
  const rule: Rule = { roles: ["member"], record: { open: { equals: true } } };
  assert.equal(allowsAnyRow(rule, ctx), false);
  assert.equal(allowsRole(rule, ctx), true);
  assert.equal(allowsAnyRow({ or: [rule, { roles: ["editor"] }] }, ctx), true);
});

const SAID: [Condition, string[]][] = [
  [{ equals: 1 }, ["1"]],
  [{ equals: null }, ["4"]],
  [{ notEquals: 1 }, ["2", "3", "5", "6"]],
  [{ notEquals: null }, ["1", "2", "3", "5", "6"]],
  [{ in: [1, 10] }, ["1", "3"]],
  [{ in: [1, null] }, ["1"]],
  [{ in: [] }, []],
  [{ in: ["one"] }, []],
  [{ notIn: [1, 10] }, ["2", "5", "6"]],
  [{ notIn: [1, null] }, ["2", "3", "5", "6"]],
  [{ notIn: [] }, ["1", "2", "3", "5", "6"]],
  [{ notIn: [1, "one"] }, []],
  [{ notIn: [fromContext("activeOrgId")] }, []],
  [{ lessThan: 1 }, ["2", "5"]],
  [{ lessThanOrEqual: 1 }, ["1", "2", "5"]],
  [{ greaterThan: 1 }, ["3", "6"]],
  [{ greaterThanOrEqual: 1 }, ["1", "3", "6"]],
  [{ greaterThan: 0, lessThan: 10 }, ["1", "6"]],
  [{ notEquals: 1, in: [1, 10] }, ["3"]],
  [{ equals: "one" }, []],
  [{ notEquals: "one" }, []],
];

test("each operator admits exactly the rows that it names, on a row and in a query", () => {
  for (const [condition, ids] of SAID) {
    const rule: Rule = { record: { rank: condition } };
    assert.deepEqual(evaluated(rule), ids, JSON.stringify(condition));
    assert.deepEqual(selected(recordFilter(rule, fields, ctx)), ids, JSON.stringify(condition));
  }
});

test("a value of a kind that nothing compares with is still a value", () => {
  const some: Rule = { record: { name: { notEquals: null } } };
  assert.equal(allows(some, fields, ctx, { name: 5 }), true);
  assert.equal(allows({ record: { name: { equals: null } } }, fields, ctx, { name: 5 }), false);
});
