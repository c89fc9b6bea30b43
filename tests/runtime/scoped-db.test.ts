import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { and, count, eq, exists, gt, inArray, isNull, max, type SQL, sql } from "drizzle-orm";
import { type SQLiteTable, sqliteTable, sqliteView, text } from "drizzle-orm/sqlite-core";
import type { D1Database } from "./d1.mjs";
import type { Database } from "./database";
import { matches } from "./firewall";
import { targetIn } from "./resource";
import { type Policies, type Policy, ScopedDb } from "./scoped-db";
import { member, opened, refused, resourceOf, things } from "./support";

const notes = sqliteTable("notes", { id: text("id").primaryKey(), org: text("org"), thingId: text("thing_id"), body: text("body") });
const secrets = sqliteTable("secrets", { id: text("id") });
const secretView = sqliteView("secret_view", { id: text("id") }).existing();

const policy = (table: typeof things | typeof notes, more: Partial<Policy> = {}): Policy => ({
  firewall: (ctx) => matches(table.org, ctx.activeOrgId),
  locked: new Set(["org"]),
  deletedAt: null,
  references: new Map(),
  created: (ctx) => ({ id: "made", org: ctx.activeOrgId, createdAt: "now" }),
  modified: () => ({ modifiedAt: "now" }),
  deleted: () => ({ deletedAt: "gone" }),
  ...more,
});
const policies: Policies = new Map<SQLiteTable, Policy>([
  [things, policy(things, { deletedAt: "deletedAt" })],
  [notes, policy(notes, { created: (ctx) => ({ org: ctx.activeOrgId }), modified: () => ({}), references: new Map([["thingId", () => targetIn(resourceOf(things), "id")]]) })],
]);
type Stamps = { things: { locked: "org"; made: "id" }; notes: { locked: "org"; made: never } };
let d1: D1Database;
let db: Database;
let scoped: ScopedDb<typeof things | typeof notes, Stamps>;
const gateway = (ctx = member, raw = false) => new ScopedDb<typeof things | typeof notes, Stamps>(db, ctx, policies, raw);

beforeEach(async () => {
  ({ d1, db } = await opened(things, notes, secrets));
  await db.insert(things).values([
    { id: "a", org: "o1", name: "A", rank: 1 },
    { id: "b", org: "o1", name: "B", rank: 2 },
    { id: "c", org: "o2", name: "C", rank: 3 },
  ]);
  await db.insert(notes).values([
    { id: "n", org: "o1", thingId: "a", body: "mine" },
    { id: "o", org: "o2", thingId: "a", body: "theirs" },
  ]);
  scoped = gateway();
});

const ids = (rows: readonly { id: string }[]): string => rows.map(({ id }) => id).join("");
const stored = async (id: string) => (await db.select().from(things)).find((row) => row.id === id);

test("a query sees the rows of its scope, however it is narrowed and ordered", async () => {
  assert.equal(ids(await scoped.select().from(things)), "ab");
  assert.equal(ids(await scoped.select().from(things).where(gt(things.rank, 1))), "b");
  assert.equal(ids(await scoped.select().from(things).where(undefined)), "ab");
  assert.equal(ids(await scoped.select().from(things).where(gt(things.rank, 1)).where(eq(things.id, "a"))), "");
  assert.equal(ids(await scoped.select().from(things).orderBy(sql`${things.rank} desc`).all()), "ba");
  assert.equal(ids(await scoped.select().from(things).orderBy(things.rank).limit(1)), "a");
  assert.equal(ids(await scoped.select().from(things).orderBy(things.rank).limit(5).offset(1)), "b");
  assert.equal((await scoped.select().from(things).orderBy(sql`${things.rank} desc`).get())?.id, "b");
  assert.equal(await scoped.select().from(things).where(eq(things.id, "c")).get(), undefined);
  assert.deepEqual(await scoped.select({ name: things.name }).from(things).where(eq(things.id, "a")), [{ name: "A" }]);
  assert.equal(ids(await gateway({ ...member, activeOrgId: null }).select().from(things)), "");
  d1.trace = [];
  await scoped.select().from(things).get();
  assert.match(d1.trace[0] ?? "", /limit/);
});

test("rows are counted, grouped and held to conditions inside the scope", async () => {
  assert.deepEqual([await scoped.count(things), await scoped.count(things, gt(things.rank, 1)), await scoped.count(notes)], [2, 1, 1]);
  const groups = await scoped.select({ rank: things.rank, total: count() }).from(things).groupBy(things.rank).orderBy(things.rank);
  assert.deepEqual(groups, [{ rank: 1, total: 1 }, { rank: 2, total: 1 }]);
  const some = await scoped.select({ rank: things.rank }).from(things).groupBy(things.rank).having(gt(max(things.rank), 1));
  assert.deepEqual(some, [{ rank: 2 }]);
});

test("joined tables and subqueries are held inside their own scopes", async () => {
  const joined = await scoped.select().from(things).innerJoin(notes, eq(notes.thingId, things.id));
  assert.deepEqual(joined.map((row) => [row.things.id, row.notes.body]), [["a", "mine"]]);
  const left = await scoped.select().from(things).leftJoin(notes, eq(notes.thingId, things.id)).orderBy(things.id);
  assert.deepEqual(left.map((row) => [row.things.id, row.notes?.body]), [["a", "mine"], ["b", undefined]]);
  const inner = scoped.select({ id: notes.thingId }).from(notes).where(eq(notes.body, "theirs"));
  assert.equal(ids(await scoped.select().from(things).where(inArray(things.id, inner as never))), "");
  assert.equal(ids(await scoped.select().from(things).where(exists(scoped.select().from(notes) as never))), "ab");
  const fields = await scoped.select({ thing: things.id, note: notes.body }).from(things).innerJoin(notes, eq(notes.thingId, things.id));
  assert.deepEqual(fields, [{ thing: "a", note: "mine" }]);
});

const past = /past the gateway/;
const reaching = (): [string, unknown][] => [
  ["a subquery in SQL text", sql`(select id from secrets)`],
  ["a subquery inside an expression", and(eq(things.id, "a"), sql`exists (select 1 from secrets)`)],
  ["a table", sql`${secrets}`],
  ["a table as a list", sql`${things.id} in secrets`],
  ["one in quotes", sql`${things.id} not in"secrets"`],
  ["a view", sql`${secretView}`],
  ["a query past the gateway", exists(db.select().from(secrets))],
  ["one with a name", db.select().from(secrets).as("named")],
  ["a name for it", sql`(select id from secrets)`.as("found")],
  ["a list with it", inArray(things.id, [sql`(select id from secrets)`])],
  ["something that makes SQL", sql`${{ getSQL: () => sql`1` }}`],
];

test("an expression that reaches past the gateway is refused wherever it stands", () => {
  for (const [what, expression] of reaching()) {
    const odd = expression as SQL;
    for (const use of [
      () => scoped.select({ odd } as never),
      () => scoped.select().from(things).where(odd),
      () => scoped.select().from(things).groupBy(odd),
      () => scoped.select().from(things).having(odd),
      () => scoped.select().from(things).orderBy(odd),
      () => scoped.select().from(things).innerJoin(notes, odd),
      () => scoped.select().from(things).leftJoin(notes, odd),
      () => scoped.insert(things).values({ name: odd } as never),
      () => scoped.update(things).set({ name: odd }),
      () => scoped.update(things).set({ name: "x" }).where(odd),
      () => scoped.delete(things).where(odd),
    ])
      assert.throws(use, past, what);
  }
});

test("unless the action says that it writes SQL", async () => {
  const raw = gateway(member, true);
  assert.equal(ids(await raw.select().from(things).where(sql`${things.id} in (select 'a' union select 'c')`)), "a");
});

test("what merely looks odd is let through", async () => {
  const row = await scoped.update(things).set({ name: sql`upper(${"new"})`, data: { getSQL: "no function", select: "from" } }).where(eq(things.id, "a")).get();
  assert.deepEqual([row?.name, row?.data], ["NEW", { getSQL: "no function", select: "from" }]);
  assert.equal(ids(await scoped.select().from(things).where(inArray(things.name, ["NEW", "select", "from secrets"]))), "a");
  assert.deepEqual(await scoped.select({ all: things }  as never).from(things).where(eq(things.id, "b")).get() as never, { all: await stored("b") });
});

test("a table without a policy cannot be reached", () => {
  assert.throws(() => scoped.select().from(secrets as never), /no scope/);
  assert.throws(() => scoped.insert(secrets as never).values({ id: "x" } as never), /no scope/);
  assert.throws(() => scoped.delete(secrets as never), /no scope/);
});

test("a new row gets what the context sets, and what is made where it is left out", async () => {
  const [row] = await scoped.insert(things).values({ name: "new", rank: undefined, createdAt: "mine" } as never).returning();
  assert.deepEqual([row?.id, row?.org, row?.name, row?.rank, row?.createdAt], ["made", "o1", "new", null, "mine"]);
  const own = await scoped.insert(things).values({ id: "own", createdAt: undefined } as never).get();
  assert.deepEqual([own?.id, own?.createdAt], ["own", "now"]);
  const many = await scoped.insert(things).values([{ id: "x" }, { id: "y" }]);
  assert.equal(ids(many), "xy");
  assert.deepEqual(await scoped.insert(things).values([]), []);
  for (const org of [null, ""]) await refused(() => gateway({ ...member, activeOrgId: org }).insert(things).values({ name: "x" }), "ACCESS_NO_ORG");
});

test("a column that the context sets is never written by an action", () => {
  for (const org of ["o2", "o1", undefined, sql`'o2'`]) {
    assert.throws(() => scoped.insert(things).values({ org } as never), /org is set from the caller's context/);
    assert.throws(() => scoped.update(things).set({ org } as never), /org is set from the caller's context/);
  }
});

test("a change touches the rows of its scope and carries the time of the change", async () => {
  const changed = await scoped.update(things).set({ name: "new" }).returning();
  assert.deepEqual(changed.map((row) => [row.id, row.name, row.modifiedAt, row.deletedAt]), [["a", "new", "now", null], ["b", "new", "now", null]]);
  assert.equal((await stored("c"))?.name, "C");
  assert.equal(ids(await scoped.update(things).set({ name: "x" }).where(eq(things.id, "a")).where(gt(things.rank, 1))), "");
  assert.equal(ids(await scoped.update(things).set({ name: "x" }).where(undefined)), "ab");
  assert.deepEqual(await scoped.update(things).set({ name: "x" }).where(eq(things.id, "c")), []);
});

test("setting the time of a soft delete takes its companions along, clearing it does not", async () => {
  const at = async (deletedAt: unknown) => (await scoped.update(things).set({ deletedAt } as never).where(eq(things.id, "a")).get())?.deletedAt;
  assert.equal(await at("mine"), "mine");
  const stamped = new Map<SQLiteTable, Policy>([[things, policy(things, { deletedAt: "deletedAt", deleted: () => ({ name: "gone" }) })]]);
  const named = async (values: object) => (await new ScopedDb<typeof things, Stamps>(db, member, stamped, false).update(things).set(values as never).where(eq(things.id, "b")).get())?.name;
  assert.equal(await named({ rank: 1 }), "B");
  assert.equal(await named({ deletedAt: null }), "B");
  assert.equal(await named({ deletedAt: undefined, rank: 2 }), "B");
  assert.equal(await named({ deletedAt: "then" }), "gone");
  const kept = new Map<SQLiteTable, Policy>([[things, policy(things, { deleted: () => ({ name: "gone" }) })]]);
  const row = await new ScopedDb<typeof things, Stamps>(db, member, kept, false).update(things).set({ null: "x", name: "kept" } as never).where(eq(things.id, "b")).get();
  assert.equal(row?.name, "kept");
});

test("rows are deleted inside the scope", async () => {
  assert.equal(ids(await scoped.delete(things).where(eq(things.id, "c"))), "");
  assert.equal(ids(await scoped.delete(things).where(eq(things.id, "a"))), "a");
  assert.equal(ids(await scoped.delete(things)), "b");
  assert.equal(ids(await db.select().from(things)), "c");
  assert.equal(ids(await scoped.delete(notes).where(isNull(notes.body))), "");
});

test("references are looked up inside the target's firewall before anything is written", async () => {
  await refused(() => scoped.insert(notes).values({ id: "x", thingId: "c" }), "FK_NOT_FOUND");
  await refused(() => scoped.insert(notes).values([{ id: "x", thingId: "a" }, { id: "y", thingId: "c" }]), "FK_NOT_FOUND");
  await refused(() => scoped.update(notes).set({ thingId: "c" }), "FK_NOT_FOUND");
  assert.deepEqual((await db.select().from(notes)).map(({ id, thingId }) => `${id}${thingId}`), ["na", "oa"]);
  assert.equal((await scoped.insert(notes).values({ id: "x", thingId: "b" }).get())?.org, "o1");
  assert.equal((await scoped.update(notes).set({ thingId: "b" }).where(eq(notes.id, "n")).get())?.thingId, "b");
});
