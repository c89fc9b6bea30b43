import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { idIn, takenIds } from "./batch";
import type { D1Database } from "./d1.mjs";
import { constraintError, type Database, prepared, write } from "./database";
import { matches } from "./firewall";
import { labelQueries } from "./labels";
import { redact } from "./masks";
import { pagination, readPage, readRecord } from "./page";
import { requireFree, requireReferences } from "./references";
import { targetIn } from "./resource";
import { fetchAcrossTenants, fetchRow, fetchRows, hardDeleteRow, insertRow, putRow, softDeleteRow, updateRow, usualPage } from "./rows";
import { member, opened, refused, resourceOf, things } from "./support";

const people = sqliteTable("people", { id: integer("id").primaryKey(), org: text("org"), name: text("name").notNull(), email: text("email").unique(), ownerId: text("owner_id") });
const NOW = new Date("2026-01-31T00:00:00Z");
const scoped = {
  deletedAt: "deletedAt",
  created: () => ({ org: "o1", createdAt: "now" }),
  modified: () => ({ modifiedAt: "now" }),
  deleted: (_ctx: unknown, now?: Date) => ({ deletedAt: now?.toISOString() }),
};
const resource = resourceOf(things, scoped);
const usual = { ...resource, prepared: (ctx: { activeOrgId: unknown }) => sql`${things.org} = ${ctx.activeOrgId}` } as typeof resource;
const OPEN = { record: { open: { equals: true } } };
let d1: D1Database;
let db: Database;

beforeEach(async () => {
  ({ d1, db } = await opened(things, people));
  await d1.prepare("create unique index people_email on people (email)").run();
  await db.insert(things).values([
    { id: "a", org: "o1", name: "A", open: true, rank: 1 },
    { id: "b", org: "o1", name: "B", open: false, rank: 2, parentId: "a" },
    { id: "c", org: "o2", name: "C", open: true, rank: 3 },
    { id: "d", org: "o1", name: "D", open: true, rank: 4, deletedAt: "then" },
  ]);
});

const ids = (rows: readonly { id?: unknown }[] | undefined): string => (rows ?? []).map(({ id }) => id).join("");
const items = (...wanted: string[]) => new Map(wanted.map((id, index) => [index, { id }]));
const stored = async (id: string) => (await db.select().from(things)).find((row) => row.id === id);

test("a row is fetched inside the firewall, prepared or not", async () => {
  for (const table of [resource, usual]) {
    assert.equal((await fetchRow(db, member, table, "b") as { name: string }).name, "B");
    for (const id of ["c", "nope"]) assert.equal(await fetchRow(db, member, table, id), undefined);
    assert.equal(await fetchRow(db, { ...member, activeOrgId: null }, table, "a"), undefined);
  }
  assert.equal(ids(await fetchRows(db, member, resource, items("a", "b", "c"))), "ab");
  assert.equal(ids(await fetchRows(db, member, resource, items("b"))), "b");
});

test("a prepared page is one of those who share its firewall", async () => {
  const page = usualPage(usual)?.(db);
  assert.equal(ids(await page?.all({ activeOrgId: "o1", userId: null, activeTeamId: null, limit: 2, offset: 1 })), "bd");
  assert.equal(usualPage(resource), null);
});

test("across tenants every row that is not deleted is found", async () => {
  assert.equal((await fetchAcrossTenants(db, resource, "c") as { id: string }).id, "c");
  for (const id of ["d", "nope"]) assert.equal(await fetchAcrossTenants(db, resource, id), undefined);
  const kept = { ...resource, deletedAt: null };
  assert.equal((await fetchAcrossTenants(db, kept, "d") as { id: string }).id, "d");
});

test("what the server sets comes after what was sent", async () => {
  const [made] = await insertRow(db, member as never, resource as never, { id: "e", org: "o2", createdAt: "never", name: "E" } as never);
  assert.deepEqual([made?.org, made?.createdAt, made?.name], ["o1", "now", "E"]);
  const [put] = await putRow(db, member as never, resource as never, "f", { id: "x", org: "o2" } as never);
  assert.deepEqual([put?.id, put?.org], ["f", "o1"]);
  assert.deepEqual(await putRow(db, member as never, resource as never, "c", { name: "taken" } as never), []);
  assert.equal((await stored("c"))?.name, "C");
});

const SEEN = [sql`true`, sql`false`] as const;
const MISSED: [string, object, (typeof SEEN)[number]][] = [["b", OPEN, SEEN[0]], ["c", OPEN, SEEN[0]], ["a", OPEN, SEEN[1]], ["nope", {}, SEEN[0]]];

test("an update touches the one row that firewall, rule and what was seen leave", async () => {
  for (const [id, rule, seen] of MISSED) assert.deepEqual(await updateRow(db, member, resource, rule, id, { name: "changed" } as never, seen), []);
  const [row] = await updateRow(db, member, resource, OPEN, "a", { name: "new", modifiedAt: "never" } as never);
  assert.deepEqual([row?.name, row?.modifiedAt], ["new", "now"]);
  assert.deepEqual([(await stored("b"))?.name, (await stored("d"))?.name], ["B", "D"]);
});

test("so does a soft delete", async () => {
  for (const [id, rule, seen] of MISSED) assert.deepEqual(await softDeleteRow(db, member, resource, rule, id, NOW, seen), []);
  assert.deepEqual(await softDeleteRow(db, member, resource, OPEN, "a", NOW), [{ id: "a" }]);
  assert.deepEqual([(await stored("a"))?.deletedAt, (await stored("b"))?.deletedAt, (await stored("d"))?.deletedAt], [NOW.toISOString(), null, "then"]);
});

test("and a hard delete", async () => {
  for (const [id, rule, seen] of MISSED) assert.deepEqual(await hardDeleteRow(db, member, resource, rule, id, seen), []);
  assert.deepEqual(await hardDeleteRow(db, member, resource, OPEN, "a"), [{ id: "a" }]);
  assert.equal(ids(await db.select().from(things)), "bcd");
});

test("an id in a list, and one that somebody has", async () => {
  assert.equal(ids(await db.select().from(things).where(idIn(resource, items("a", "c")))), "ac");
  assert.equal(ids(await db.select().from(things).where(idIn({ ...resource, id: "nope" }, items("a")))), "");
  assert.deepEqual(await takenIds(db, resource, items("a", "c", "x")), new Set(["a", "c"]));
  assert.deepEqual(await takenIds(db, { ...resource, id: "nope" }, items("a")), new Set());
  d1.trace = [];
  assert.deepEqual(await takenIds(db, resource, items()), new Set());
  assert.deepEqual(d1.trace, []);
  await requireFree(db, resource, "x");
  await refused(() => requireFree(db, resource, "c"), "FIREWALL_NOT_FOUND");
  await refused(() => requireFree(db, { ...resource, errorMode: "hide" }, "c"), "NOT_FOUND");
  await assert.rejects(requireFree(db, { ...resource, id: "nope" }, "c"), /no column nope/);
});

test("a reference points at a row that the caller sees", async () => {
  const from = { references: new Map([["parentId", () => targetIn(resource, "id")], ["name", () => targetIn(resource, "name")]]) };
  await requireReferences(db, member, from, { parentId: "a", name: "B" });
  await requireReferences(db, member, from, { parentId: null });
  for (const values of [{ parentId: "c" }, { parentId: "nope" }, { parentId: 5 }, { parentId: "" }]) await refused(() => requireReferences(db, member, from, values), "FK_NOT_FOUND");
  await refused(() => requireReferences(db, member, from, { parentId: "a", name: "C" }), "FK_NOT_FOUND", { field: "name" });
  d1.trace = [];
  await requireReferences(db, member, from, { rank: 1, name: undefined });
  assert.deepEqual(d1.trace, []);
});

const labelled = (target: object, more: object = {}) =>
  ({ ...resource, labels: new Map([["parentId", { name: "parent_label", target: () => ({ resource: { ...resource, readable: {}, ...target }, key: "id", display: "name", ...more }) }]]) }) as typeof resource;

test("a label is the name of a row that the caller may get, masked as that row would be", async () => {
  await db.insert(things).values({ id: "e", org: "o1", parentId: "c" });
  const page = () => db.select().from(things).where(matches(things.org, "o1")).orderBy(things.id).limit(10).offset(0);
  const labels = async (target: object, more?: object, columns = ["id", "parentId"]) => {
    const found = await readRecord(db, member, labelled(target, more), page() as never, columns);
    return Object.fromEntries(found.labels.get("parentId") ?? []);
  };
  const masked = (owner: string | null) => ({ ownerColumn: owner, masks: new Map([["name", { hide: redact, roles: ["admin"], owner: true as const }]]) });
  assert.deepEqual(await labels({}), { a: "A" });
  assert.deepEqual(await labels({ firewall: () => sql`true` }), { a: "A", c: "C" });
  assert.deepEqual(await labels({ readable: { record: { rank: { greaterThan: 1 } } } }), {});
  assert.deepEqual(await labels(masked(null)), { a: "[REDACTED]" });
  assert.deepEqual(await labels(masked("id")), { a: "[REDACTED]" });
  assert.deepEqual(await labels(masked("org")), { a: "[REDACTED]" });
  await db.update(things).set({ secret: "u1" });
  assert.deepEqual(await labels(masked("secret")), { a: "A" });
  for (const [target, more] of [[{ readable: null }], [{ readable: { roles: ["owner"] } }], [{}, { key: "nope" }], [{}, { display: "nope" }]] as const) assert.deepEqual(await labels(target, more), {}, JSON.stringify([target, more]));
  assert.deepEqual(labelQueries(db, member, resource, page(), ["parentId"]), []);
  assert.deepEqual(labelQueries(db, member, labelled({}), page(), ["id"]), []);
  assert.deepEqual(labelQueries(db, member, { ...labelled({}), fields: new Map() }, page(), ["parentId"]), []);
});

test("a page is read with its count and its labels in one round trip, the usual one as it was prepared", async () => {
  const query = (more: object = {}) => ({ limit: 2, offset: 0, orderBy: [sql`id`], filter: sql`true`, columns: ["id", "parentId"], fields: [], count: false, isDefault: false, ...more });
  const where = matches(things.org, "o1");
  const read = async (more: object, table = resource, prepared = false) => {
    d1.trace = [];
    const unpaged = db.select().from(things).where(where) as never;
    const found = await readPage(db, member, table, unpaged, query(more), where, prepared ? usualPage : undefined);
    return { ...found, ids: ids(found.rows), labels: found.labels.get("parentId")?.get("a"), ran: d1.trace.length, usual: (d1.trace[0] ?? "").includes("order by"), pages: pagination(query(more), found) };
  };
  const plain = await read({});
  assert.deepEqual([plain.ids, plain.total, plain.labels, plain.ran, plain.pages], ["ab", undefined, undefined, 1, { limit: 2, offset: 0, count: 2 }]);
  const counted = await read({ count: true, offset: 1 });
  assert.deepEqual([counted.ids, counted.total, counted.ran, counted.pages], ["bd", 3, 2, { limit: 2, offset: 1, count: 2, total: 3 }]);
  const both = await read({ count: true }, labelled({}));
  assert.deepEqual([both.ids, both.total, both.labels, both.ran], ["ab", 3, "A", 3]);
  const named = await read({}, labelled({}));
  assert.deepEqual([named.total, named.labels, named.ran], [undefined, "A", 2]);
  const sorted = { orderBy: [sql`id desc`] };
  assert.equal((await read({ ...sorted, isDefault: true }, usual, true)).ids, "ab");
  assert.equal((await read({ ...sorted, isDefault: true }, resource, true)).ids, "db");
  assert.equal((await read({ ...sorted }, usual, true)).ids, "db");
  assert.equal((await read({ ...sorted, isDefault: true, count: true }, usual, true)).ids, "db");
  assert.equal((await read({ ...sorted, isDefault: true }, { ...labelled({}), prepared: usual.prepared }, true)).labels, "A");
});

test("a broken constraint becomes its refusal, anything else stays what it is", async () => {
  const masks = new Map([["email", { hide: redact, roles: ["admin"] }]]);
  const insert = (values: object, more: object = {}) => write(resourceOf(people, more), member, db.insert(people).values(values as never));
  await insert({ id: 1, name: "Ann", email: "a@b.co" });
  await refused(() => insert({ id: 2, name: "Bob", email: "a@b.co" }), "UNIQUE_VIOLATION", { column: "email" });
  await refused(() => insert({ id: 2, name: "Bob", email: "a@b.co" }, { masks }), "UNIQUE_VIOLATION", undefined);
  const hidden = constraintError(new Error("UNIQUE constraint failed: people.email"), member, { ...resourceOf(people), masks });
  assert.equal(hidden?.details, undefined);
  assert.deepEqual(constraintError(new Error("NOT NULL constraint failed: people.name"), member, resourceOf(people))?.details, { column: "name" });
  assert.equal(constraintError(new Error("NOT NULL constraint failed: people.name"))?.details, undefined);
  assert.equal(constraintError(new Error("FOREIGN KEY constraint failed"))?.status, 409);
  assert.equal(constraintError(new Error("CHECK constraint failed: positive"))?.code, "CHECK_VIOLATION");
  assert.equal(constraintError("UNIQUE constraint failed: people.email")?.code, "UNIQUE_VIOLATION");
  assert.equal(constraintError({ toString: () => "CHECK constraint failed" })?.code, "CHECK_VIOLATION");
  assert.equal(constraintError(new Error("disk full")), null);
  await assert.rejects(write(resource, member, Promise.reject(new Error("disk full"))), /disk full/);
});

test("what is built for a key is built once", () => {
  let built = 0;
  const build = prepared(() => (built += 1));
  const [one, other] = [{}, {}];
  assert.deepEqual([build(one as never), build(one as never), build(other as never)], [1, 1, 2]);
});
