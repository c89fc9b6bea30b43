import assert from "node:assert/strict";
import { test } from "node:test";
import { getTableColumns, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Child, type Children, cascade } from "./cascade";
import { matches } from "./firewall";
import { member, opened, resourceOf } from "./support";

const NOW = new Date("2026-01-31T00:00:00.000Z");
const columns = () => ({ id: text("id").primaryKey(), org: text("org"), code: text("code"), up: text("up"), also: text("also"), other: text("other"), deletedAt: text("deleted_at") });
const root = sqliteTable("root", columns());
const tables = ["a", "b", "c", "d", "e", "f", "lone"].map((name) => sqliteTable(name, columns()));
const [a, b, c, d, e, f, lone] = tables as [typeof root, typeof root, typeof root, typeof root, typeof root, typeof root, typeof root];
const timed = sqliteTable("timed", { ...columns(), deletedAt: integer("deleted_at", { mode: "timestamp" }) });
const rootResource = resourceOf(root, { deletedAt: "deletedAt" });

type Parent = Child["parents"][number];
const to = (name: string, column: Parent["column"], table: typeof root, key: keyof typeof root.$inferSelect = "id"): Parent => ({ name, column, key: { table, id: table.id, column: getTableColumns(table)[key] } });

const child = (table: typeof root, ...parents: Parent[]): [string, Child] => {
  const set = (_ctx: unknown, now: Date) => ({ deletedAt: now.toISOString() });
  const scope: Child["scope"] = (ctx) => matches(table.org, ctx.activeOrgId);
  return [(table as unknown as { [key: symbol]: string })[Symbol.for("drizzle:Name")] ?? "", { table, id: table.id, deletedAt: table.deletedAt, scope, set, parents }];
};

type Rows = [typeof root, Partial<typeof root.$inferInsert>][];

/** Soft-deletes row `r` of the root; says which rows went with it, and how many statements that took. */
async function gone(children: Children, rows: Rows): Promise<[string[], number]> {
  const { db } = await opened(root, ...tables);
  await db.insert(root).values([{ id: "r", org: "o1", code: "R", deletedAt: NOW.toISOString() }, { id: "s", org: "o1", deletedAt: "2020-01-01T00:00:00.000Z" }, { id: "alive", org: "o1" }, { id: "other", org: "o1", deletedAt: NOW.toISOString() }]);
  for (const [table, row] of rows) await db.insert(table).values({ org: "o1", ...row } as typeof root.$inferInsert);
  const [first, ...others] = cascade(db, member, rootResource, children, ["r", "s", "alive"], NOW);
  if (first) await db.batch([first, ...others]);
  const left = await Promise.all(tables.map((table) => db.select().from(table)));
  const ids = left.flat().filter((row) => row.deletedAt === NOW.toISOString()).map(({ id }) => id);
  return [ids.sort(), others.length + (first ? 1 : 0)];
}

const ONE = new Map([child(a, to("root", a.up, root))]);

test("what points at the row goes, inside its own scope, and what went before stays as it was", async () => {
  const rows: Rows = [[a, { id: "a1", up: "r" }], [a, { id: "a2", up: "r", org: "o2" }], [a, { id: "a3", up: "r", deletedAt: "before" }], [a, { id: "a4", up: "s" }], [a, { id: "a5", up: "alive" }], [a, { id: "a6" }], [a, { id: "a7", up: "other" }]];
  assert.deepEqual(await gone(ONE, rows), [["a1"], 1]);
});

test("all levels go, in a circle too, through tables whose rows this delete has reached", async () => {
  const deep = new Map([...ONE, child(b, to("a", b.up, a), to("b", b.also, b)), child(c, to("b", c.up, b))]);
  const rows: Rows = [[a, { id: "a1", up: "r" }], [b, { id: "b1", up: "a1" }], [b, { id: "b2", also: "b1" }], [c, { id: "c1", up: "b2" }], [c, { id: "c2", up: "nope" }], [b, { id: "b3", up: "r" }]];
  assert.deepEqual(await gone(deep, rows), [["a1", "b1", "b2", "c1"], 3]);
  const half: Rows = [[a, { id: "a1", up: "r", deletedAt: NOW.toISOString() }], [b, { id: "b1", up: "a1" }]];
  assert.deepEqual(await gone(deep, half), [["a1", "b1"], 3]);
  const cut: Rows = [[a, { id: "a1", up: "r", deletedAt: "before" }], [b, { id: "b1", up: "a1" }], [a, { id: "a2", up: "r", org: "o2" }], [b, { id: "b2", up: "a2" }]];
  assert.deepEqual(await gone(deep, cut), [[], 3]);
});

test("only tables that hang on the row's table are looked at, each by the columns by which it does", async () => {
  const wide = new Map([child(c, to("b", c.up, b)), child(b, to("a", b.up, a), to("lone", b.also, lone)), ...ONE, child(d, to("lone", d.up, lone)), child(lone, to("elsewhere", lone.up, lone))]);
  const rows: Rows = [[a, { id: "a1", up: "r" }], [b, { id: "b1", up: "a1" }], [c, { id: "c1", up: "b1" }], [lone, { id: "r", up: "r" }], [b, { id: "b2", also: "r" }], [d, { id: "d1", up: "r" }]];
  assert.deepEqual(await gone(wide, rows), [["a1", "b1", "c1"], 3]);
});

test("a root is not its own child, unless it is listed as one", async () => {
  assert.deepEqual(await gone(new Map([child(a, to("a", a.up, a))]), [[a, { id: "a1", up: "r" }]]), [[], 0]);
});

test("a reference may point at another column than the key", async () => {
  const coded = new Map([child(a, to("root", a.up, root, "code")), child(b, to("a", b.up, a, "code"))]);
  const rows: Rows = [[a, { id: "a1", up: "R", code: "A" }], [a, { id: "a2", up: "r", code: "X" }], [b, { id: "b1", up: "A" }], [b, { id: "b2", up: "a1" }], [b, { id: "b3", up: "X" }]];
  assert.deepEqual(await gone(coded, rows), [["a1", "b1"], 2]);
});

test("more references than one compound query takes are united in groups", async () => {
  const levels: [typeof root, string, typeof root][] = [[a, "root", root], [b, "a", a], [c, "b", b], [d, "c", c], [e, "d", d], [f, "e", e]];
  const rows: Rows = levels.map(([table], at) => [table, { id: `${"abcdef"[at]}1`, up: at === 0 ? "r" : `${"abcdef"[at - 1]}1` }]);
  for (const count of [4, 5, 6]) {
    const chain = levels.slice(0, count).map(([table, name, above]) => child(table, to(name, table.up, above)));
    const expected = ["a1", "b1", "c1", "d1", "e1", "f1"].slice(0, count);
    assert.deepEqual(await gone(new Map(chain), rows), [expected, count], `${count} references`);
    // The ids of other tables stand in columns that point elsewhere.
    const crossed: Rows = [...rows, [b, { id: "x1", up: "r" }], [c, { id: "x2", up: "a1" }]];
    assert.deepEqual(await gone(new Map(chain), crossed), [expected, count]);
  }
  const many = levels.flatMap(([table, name, above]) => [child(table, to(name, table.up, above), to(name, table.also, above), to("root", table.other, root, "code"), to("b", table.code, b))]);
  const tangled: Rows = [[a, { id: "a1", other: "R" }], [b, { id: "b1", also: "a1" }], [f, { id: "f1", code: "b1" }], [e, { id: "e1", also: "d1" }], [d, { id: "d1", other: "r" }], [c, { id: "c1", other: "R", org: "o2" }]];
  assert.deepEqual(await gone(new Map(many), tangled), [["a1", "b1", "f1"], 6]);
});

test("times are compared as each column stores them", async () => {
  const { db } = await opened(root, timed);
  await db.insert(root).values({ id: "r", org: "o1", deletedAt: NOW.toISOString() });
  await db.insert(timed).values([{ id: "t1", up: "r" }, { id: "t2", also: "t1", deletedAt: NOW }, { id: "t3", also: "t2" }]);
  const key = { table: timed, id: timed.id, column: timed.id };
  const entry: Child = { table: timed, id: timed.id, deletedAt: timed.deletedAt, scope: () => sql`true`, set: (_ctx, now) => ({ deletedAt: now }), parents: [to("root", timed.up, root), { name: "timed", column: timed.also, key }] };
  for (const query of cascade(db, member, rootResource, new Map([["timed", entry]]), ["r"], NOW)) await (query as unknown as Promise<unknown>);
  assert.deepEqual((await db.select().from(timed)).map(({ deletedAt }) => deletedAt), [NOW, NOW, NOW]);
});

test("a table without soft delete has no cascade", async () => {
  const { db } = await opened(root);
  for (const more of [{ deletedAt: null }, { deletedAt: "nope" }, { id: "nope" }, { id: "nope", deletedAt: null }]) assert.throws(() => cascade(db, member, { ...rootResource, ...more }, ONE, ["r"], NOW), /root has no soft delete/);
});
