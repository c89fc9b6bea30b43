import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { eq } from "drizzle-orm";
import { Batch, type BatchShape, checkCode, checkCodeVisible, checkItems, dropItems, integerIds, readBatch, requireItem, sendBatch, textIds, writeItems } from "./batch";
import type { D1Database } from "./d1.mjs";
import type { Database } from "./database";
import { ApiError, conditionFailed } from "./errors";
import { checkReferences } from "./references";
import { targetIn } from "./resource";
import { asked, member, opened, refused, resourceOf, things } from "./support";
import type { Row } from "./values";

const resource = resourceOf(things, { readable: { record: { open: { equals: true } } } });
const hiding = { ...resource, errorMode: "hide" as const };
let d1: D1Database;
let db: Database;

beforeEach(async () => {
  ({ d1, db } = await opened(things));
  await d1.prepare("create unique index things_name on things (name)").run();
  await db.insert(things).values([{ id: "a", org: "o1", name: "A", open: true }, { id: "b", org: "o1", name: "B" }, { id: "c", org: "o2", name: "C" }]);
});

const read = (json: unknown, shape: Partial<BatchShape> = {}): Promise<Batch> =>
  asked(new Request("http://x/", { method: "POST", body: JSON.stringify(json) }), (c) => readBatch(c, { list: "records", max: 3, allowAtomic: true, ...shape }));

const INVALID: [unknown, Record<string, string>][] = [
  [[], { $: "Expected a JSON object" }],
  [null, { $: "Expected a JSON object" }],
  ["text", { $: "Expected a JSON object" }],
  [{ ids: [] }, { ids: "Unknown field" }],
  [{ records: {} }, { records: "Expected a list" }],
  [{ records: [], options: "x" }, { options: "Expected an object" }],
  [{ records: [], options: { fast: true } }, { "options.fast": "Unknown option" }],
  [{ records: [], options: { atomic: "yes" } }, { "options.atomic": "Expected true or false" }],
];

for (const [json, fields] of INVALID) test(`${JSON.stringify(json)} is no batch`, () => refused(() => read(json), "VALIDATION_FAILED", { fields }));

test("a batch has its records, its options and its largest size", async () => {
  for (const [options, atomic] of [[undefined, false], [null, false], [{}, false], [{ atomic: false }, false], [{ atomic: null }, false], [{ atomic: true }, true]] as const) {
    const batch = await read({ records: [1, 2, 3], options });
    assert.deepEqual([batch.sent, batch.atomic, batch.key, [...batch.items]], [[1, 2, 3], atomic, "record", [[0, 1], [1, 2], [2, 3]]]);
  }
  assert.deepEqual((await read({})).sent, []);
  assert.equal((await read({ ids: ["a"] }, { list: "ids" })).key, "id");
  await refused(() => read({ records: [1, 2, 3, 4] }), "BATCH_SIZE_EXCEEDED", { max: 3, actual: 4 });
  assert.equal((await read({ records: [], options: { atomic: false } }, { allowAtomic: false })).atomic, false);
  await refused(() => read({ records: [], options: { atomic: true } }, { allowAtomic: false }), "VALIDATION_FAILED", { fields: { "options.atomic": "This batch cannot be atomic" } });
});

test("records give their ids, of the kind of the key", async () => {
  const records = (...sent: unknown[]) => new Batch(sent, false, "record");
  const ids = (...sent: unknown[]) => new Batch(sent, false, "id");
  assert.deepEqual([...textIds(records({ id: "a", name: "x" }), resource)], [[0, { id: "a", record: { name: "x" } }]]);
  assert.deepEqual([...textIds(ids("a"), resource)], [[0, { id: "a", record: {} }]]);
  assert.deepEqual([...integerIds(ids(0, -5), resource)], [[0, { id: 0, record: {} }], [1, { id: -5, record: {} }]]);
  const inherited = Object.create({ id: "a" }) as object;
  await refused(() => textIds(records({ id: "a" }, {}, { id: "" }, { id: 5 }, null, "text", ["a"], undefined, inherited, 5), resource), "BATCH_MISSING_IDS", { indices: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
  await refused(() => integerIds(ids("1", 1.5, null, 2 ** 53, Number.NaN), resource), "BATCH_MISSING_IDS", { indices: [0, 1, 2, 3, 4] });
  await refused(() => textIds(records("abc"), { ...resource, id: "length" }), "BATCH_MISSING_IDS");
});

test("an item that is refused is reported, an error ends the batch", () => {
  const batch = new Batch([1, 2], false, "record");
  const checked = checkItems(batch, batch.items, (value) => {
    if (value === 1) throw conditionFailed();
    return `${value}`;
  });
  assert.deepEqual([[...checked], [...batch.failures.keys()]], [[[1, "2"]], [0]]);
  const broken = () => {
    throw new Error("broken");
  };
  assert.throws(() => checkItems(batch, batch.items, broken), /broken/);
});

test("an item needs a row that the caller sees and may change", async () => {
  const rows = [{ id: "a", open: true }, { id: "b", open: false }];
  const rule = { record: { open: { equals: true } } };
  assert.deepEqual(requireItem(hiding, rule, member, rows, { id: "a" }), { id: "a" });
  await refused(() => requireItem(hiding, rule, member, rows, { id: "b" }), "NOT_FOUND", { id: "b" });
  await refused(() => requireItem(resource, rule, member, rows, { id: "b" }), "ACCESS_CONDITION_FAILED");
  await refused(() => requireItem(resource, {}, member, rows, { id: "c" }), "FIREWALL_NOT_FOUND", { id: "c" });
});

test("a rule in code is asked about every row, and true alone passes", async () => {
  const items = new Map([["a", "b", "x"].entries()].flatMap((entries) => [...entries].map(([index, id]) => [index, { id }])));
  const rows: Row[] = [{ id: "a", n: 1 }, { id: "b", n: 2 }];
  const judge = async (rule: (ctx: unknown, row: Row) => unknown, check: typeof checkCode | typeof checkCodeVisible, table = resource, fresh?: (item: { id: string }) => Row) => {
    const batch = new Batch(["a", "b", "x"], false, "id");
    const passed = await (check as typeof checkCode)(batch, table, rule as never, member, rows, items, fresh as never);
    return [[...passed].map(([index, { id, row }]) => [index, id, row.n]), [...batch.failures].map(([index, { code, details }]) => [index, code, details?.id])];
  };
  const one = async (_ctx: unknown, row: Row) => row.n === 1;
  assert.deepEqual(await judge(one, checkCode), [[[0, "a", 1]], [[1, "ACCESS_CONDITION_FAILED", undefined], [2, "FIREWALL_NOT_FOUND", "x"]]]);
  assert.deepEqual(await judge(one, checkCodeVisible, hiding), [[[0, "a", 1]], [[1, "NOT_FOUND", "b"], [2, "NOT_FOUND", "x"]]]);
  assert.deepEqual((await judge(() => 1, checkCode))[0], []);
  assert.deepEqual(await judge(() => true, checkCode, resource, ({ id }) => ({ id, n: 9 })), [[[0, "a", 1], [1, "b", 2], [2, "x", 9]], []]);
});

test("references of all items are looked up at once", async () => {
  const from = { ...resource, references: new Map([["parentId", () => targetIn(resource, "id")]]) };
  const check = async (...values: Row[]) => {
    const batch = new Batch(values, false, "record");
    const passed = await checkReferences(db, member, batch, from, new Map(values.entries()));
    return [[...passed.keys()], [...batch.failures].map(([index, { code }]) => `${index} ${code}`)];
  };
  assert.deepEqual(await check({ parentId: "a" }, { parentId: "c" }, {}, { parentId: "b" }), [[0, 2, 3], ["1 FK_NOT_FOUND"]]);
  assert.deepEqual(await check({ id: "x", values: { parentId: "c" } }, { id: "y", values: { parentId: "a" } }), [[1], ["0 FK_NOT_FOUND"]]);
  for (const odd of [null, ["c"], "c"]) assert.deepEqual(await check({ values: odd, parentId: "c" }), [[], ["0 FK_NOT_FOUND"]]);
});

const named = (id: string, name: string | null) => ({ id, name });
type Change = ReturnType<typeof named>;
const statement = ({ id, name }: Change) => db.update(things).set({ name }).where(eq(things.id, id)).returning() as never;
const nameOf = async (id: string) => (await db.select().from(things)).find((row) => row.id === id)?.name;
const mark = () => db.update(things).set({ rank: 7 }).where(eq(things.id, "c")) as never;
const marked = async () => (await db.select().from(things)).find((row) => row.id === "c")?.rank === 7;

async function written(batch: Batch, ...changes: Change[]): Promise<[string, string]> {
  await dropItems(db, member, batch, resource, new Map(changes.entries()), [mark()], statement);
  return [[...batch.succeeded.keys()].join(""), [...batch.failures].map(([index, { code, details }]) => `${index} ${code} ${JSON.stringify(details)}`).join(", ")];
}

test("a batch writes what it can, and says what it could not", async () => {
  const sent = (...ids: string[]) => new Batch(ids.map((id) => ({ id })), false, "record");
  assert.deepEqual(await written(sent("a", "x"), named("a", "new"), named("x", "none")), ["0", '1 FIREWALL_NOT_FOUND {"id":"x"}']);
  assert.equal(await marked(), true);
  assert.equal(await nameOf("a"), "new");
  assert.deepEqual(await written(new Batch(["x"], false, "id"), named("x", "none")), ["", '0 FIREWALL_NOT_FOUND {"id":"x"}']);
});

test("where one breaks a constraint, the others are written one by one, and what goes with them", async () => {
  const sent = new Batch([{ id: "a" }, { id: "b" }, { id: "x" }], false, "record");
  assert.deepEqual(await written(sent, named("a", "B"), named("b", "fine"), named("x", "none")), ["1", '0 UNIQUE_VIOLATION {"column":"name"}, 2 FIREWALL_NOT_FOUND {"id":"x"}']);
  assert.deepEqual([await nameOf("a"), await nameOf("b"), await marked()], ["A", "fine", true]);
  const batch = d1.batch.bind(d1);
  d1.batch = async (statements) => {
    await new Promise((resolve) => setImmediate(resolve));
    return batch(statements);
  };
  await d1.prepare("update things set rank = null").run();
  await written(sent, named("a", "fine"));
  assert.equal(await marked(), true, "the answer waits for what goes along");
  const alone = new Batch([{ id: "a" }], false, "record");
  await writeItems(db, member, alone, resource, new Map([[0, named("a", "fine")]]), statement);
  assert.equal(alone.failures.get(0)?.code, "UNIQUE_VIOLATION");
  await d1.prepare("create trigger broken before update on things begin select raise(abort, 'disk full'); end").run();
  await assert.rejects(written(sent, named("a", "z")), /disk full/);
});

test("an error among the others, one by one, is not swallowed", async () => {
  await d1.prepare("create trigger broken before update on things when new.name = 'bad' begin select raise(abort, 'disk full'); end").run();
  const sent = new Batch([{ id: "a" }, { id: "b" }], false, "record");
  await assert.rejects(written(sent, named("a", "B"), named("b", "bad")), /Failed query/);
});

test("an atomic batch writes all or nothing, and names the first that failed", async () => {
  const sent = (count: number) => new Batch(Array.from({ length: count }, () => ({ id: "a" })), true, "record");
  const failed = (failedAt: number, code: string) => async (error: unknown) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.code, error.details?.failedAt, (error.details?.errorDetails as { code: string }).code], ["BATCH_ATOMIC_FAILED", failedAt, code]);
    assert.deepEqual([await nameOf("a"), await nameOf("b"), await marked()], ["A", "B", false]);
  };
  const holds = async (check: (error: unknown) => Promise<void>, batch: Batch, ...changes: Change[]) => check(await written(batch, ...changes).then(() => null, (error: unknown) => error));
  await holds(failed(0, "UNIQUE_VIOLATION"), sent(2), named("a", "B"), named("b", "x"));
  await holds(failed(1, "FIREWALL_NOT_FOUND"), sent(3), named("a", "1"), named("x", "2"), named("b", "3"));
  await holds(failed(3, "UNIQUE_VIOLATION"), sent(4), named("a", "1"), named("b", "2"), named("a", "3"), named("b", "3"));
  await holds(failed(0, "FIREWALL_NOT_FOUND"), sent(1), named("x", "1"));
  await holds(failed(4, "FIREWALL_NOT_FOUND"), sent(5), named("a", "1"), named("b", "2"), named("a", "3"), named("b", "4"), named("x", "5"));
  const before = sent(3);
  before.failures.set(2, conditionFailed());
  before.failures.set(1, conditionFailed());
  await holds(failed(1, "ACCESS_CONDITION_FAILED"), before, named("a", "1"));
  assert.deepEqual(await written(sent(2), named("a", "1"), named("b", "2")), ["01", ""]);
  assert.deepEqual([await nameOf("a"), await nameOf("b"), await marked()], ["1", "2", true]);
});

test("an atomic batch of nothing does nothing, and an error of its own stays one", async () => {
  const empty = new Batch([], true, "record");
  await writeItems(db, member, empty, resource, new Map<number, Change>(), statement);
  assert.equal(empty.succeeded.size, 0);
  const eager = new Batch([], false, "record");
  d1.trace = [];
  await writeItems(db, member, eager, resource, new Map<number, Change>(), statement);
  assert.deepEqual(d1.trace, []);
  await d1.prepare("create trigger broken before update on things begin select raise(abort, 'disk full'); end").run();
  await assert.rejects(written(new Batch([{ id: "a" }], true, "record"), named("a", "1")), (error) => !(error instanceof ApiError));
});

test("the answer has rows and failures in the order of the request", async () => {
  const batch = new Batch(["p", "q", "r", "s"], false, "id");
  batch.succeeded.set(2, { id: "r" }).set(0, { id: "p" });
  batch.failures.set(3, conditionFailed()).set(1, conditionFailed());
  const answer = (of: Batch, status?: 201) => asked("/", async (c) => {
    const response = await sendBatch(c, of, ({ id }) => id, status);
    return [response.status, await response.json()] as const;
  });
  const error = conditionFailed().body();
  assert.deepEqual(await answer(batch), [207, { success: ["p", "r"], errors: [{ index: 1, id: "q", error }, { index: 3, id: "s", error }], meta: { total: 4, succeeded: 2, failed: 2, atomic: false } }]);
  const fine = new Batch([{ id: "p" }], true, "record");
  fine.succeeded.set(0, { id: "p" });
  assert.deepEqual(await answer(fine, 201), [201, { success: ["p"], errors: [], meta: { total: 1, succeeded: 1, failed: 0, atomic: true } }]);
  assert.equal((await answer(fine))[0], 200);
  assert.equal((await answer(new Batch([], false, "record"), 201))[0], 200);
});
