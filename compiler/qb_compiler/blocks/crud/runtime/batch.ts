// Many records in one request. Every item is checked like a single call; what fails is reported by its position.
import { type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Context } from "hono";
import { type CodeRule, type Rule, requireRecord } from "./access";
import type { AppEnv } from "./app-env";
import { readJson } from "./body";
import type { Ctx } from "./context";
import { constraintError, type Database } from "./database";
import { ApiError, conditionFailed, type Details, notVisible, validationFailed } from "./errors";
import type { Resource } from "./resource";
import { send } from "./respond";
import { isIn, type Row } from "./values";

/** Items by their position in the request; those that failed are gone from later steps. */
export type Items<Value> = ReadonlyMap<number, Value>;

export type Identified<Id> = { readonly id: Id; readonly record: Row };

export class Batch {
  readonly failures = new Map<number, ApiError>();
  readonly succeeded = new Map<number, Row>();

  constructor(
    /** What was sent, for the report. */
    readonly sent: readonly unknown[],
    readonly atomic: boolean,
    readonly key: "record" | "id",
  ) {}

  get items(): Items<unknown> {
    return new Map(this.sent.entries());
  }
}

export type BatchShape = {
  readonly list: "records" | "ids";
  readonly max: number;
  readonly allowAtomic: boolean;
};

/** The body step of a batch: its size and options; items are judged one by one later. */
export async function readBatch(c: Context, shape: BatchShape): Promise<Batch> {
  const json = await readJson(c);
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw validationFailed({ $: "Expected a JSON object" });
  const body = new Map<string, unknown>(Object.entries(json));
  for (const key of body.keys())
    if (key !== shape.list && key !== "options") throw validationFailed({ [key]: "Unknown field" });
  const sent = body.get(shape.list) ?? [];
  if (!Array.isArray(sent)) throw validationFailed({ [shape.list]: "Expected a list" });
  if (sent.length > shape.max) throw sizeExceeded(shape.max, sent.length);
  const list: readonly unknown[] = sent;
  return new Batch(list, readAtomic(body.get("options"), shape), shape.list === "ids" ? "id" : "record");
}

function readAtomic(options: unknown, shape: BatchShape): boolean {
  if (options === undefined || options === null) return false;
  if (typeof options !== "object") throw validationFailed({ options: "Expected an object" });
  const unknown = Object.keys(options).find((key) => key !== "atomic");
  if (unknown !== undefined) throw validationFailed({ [`options.${unknown}`]: "Unknown option" });
  const atomic: unknown = Reflect.get(options, "atomic") ?? false;
  if (typeof atomic !== "boolean") throw validationFailed({ "options.atomic": "Expected true or false" });
  if (atomic && !shape.allowAtomic) throw validationFailed({ "options.atomic": "This batch cannot be atomic" });
  return atomic;
}

/** Records with their ids taken out; one without an id refuses the whole request. */
export const textIds = (batch: Batch, resource: Resource): Items<Identified<string>> =>
  identified(batch, resource, (id) => (typeof id === "string" && id !== "" ? id : null));

/** The same for whole numbers. */
export const integerIds = (batch: Batch, resource: Resource): Items<Identified<number>> =>
  identified(batch, resource, (id) => (typeof id === "number" && Number.isSafeInteger(id) ? id : null));

function identified<Id>(batch: Batch, resource: Resource, read: (id: unknown) => Id | null): Items<Identified<Id>> {
  const found = new Map<number, Identified<Id>>();
  const missing: number[] = [];
  for (const index of batch.sent.keys()) {
    const id = read(sentId(batch, resource, index));
    if (id === null) missing.push(index);
    else found.set(index, { id, record: withoutId(batch.sent[index], resource) });
  }
  if (missing.length > 0) throw missingIds(missing);
  return found;
}

function sentId(batch: Batch, resource: Resource, index: number): unknown {
  const sent = batch.sent[index];
  if (batch.key === "id") return sent;
  return isRecord(sent) && Object.hasOwn(sent, resource.id) ? sent[resource.id] : null;
}

const withoutId = (record: unknown, resource: Resource): Row =>
  isRecord(record) ? Object.fromEntries(Object.entries(record).filter(([key]) => key !== resource.id)) : {};

const isRecord = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);

/** A step over every item: one that throws a refusal has failed. */
export function checkItems<Value, Checked>(
  batch: Batch,
  items: Items<Value>,
  check: (value: Value, index: number) => Checked,
): Items<Checked> {
  const checked = new Map<number, Checked>();
  for (const [index, value] of items) {
    try {
      checked.set(index, check(value, index));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      batch.failures.set(index, error);
    }
  }
  return checked;
}

/** The predicate of the one query that fetches all rows of a batch. */
export function idIn(resource: Resource, items: Items<{ readonly id: string | number }>): SQL {
  const field = resource.fields.get(resource.id);
  return field ? isIn(field, idsOf(items)) : sql`false`;
}

export const idsOf = (items: Items<{ readonly id: string | number }>): (string | number)[] =>
  [...items.values()].map(({ id }) => id);

/** The ids that have a row, whoever may see it: an upsert must not take a row out of sight for a new one. */
export async function takenIds(
  db: Database,
  resource: Resource,
  items: Items<{ readonly id: string | number }>,
): Promise<ReadonlySet<unknown>> {
  const key = resource.fields.get(resource.id);
  if (!key || items.size === 0) return new Set();
  const rows = await db
    .select({ id: sql<unknown>`${key.column}`.as("id") })
    .from(resource.table)
    .where(idIn(resource, items));
  return new Set(rows.map((row) => row.id));
}

/** The firewall and record steps of an item: passes it on, or throws the answer for rows that are not visible. */
export function requireItem<Item extends { readonly id: string | number }>(
  resource: Resource,
  rule: Rule,
  ctx: Ctx,
  rows: readonly Row[],
  item: Item,
): Item {
  const row = rows.find((candidate) => candidate[resource.id] === item.id);
  if (!row) throw notVisible(resource.errorMode, { id: item.id });
  requireRecord(resource, rule, ctx, row, { id: item.id });
  return item;
}

/** The record step of a rule in code, for every item. `fresh` is the row that an upsert would create. */
export async function checkCode<Found extends Row, Item extends { readonly id: string | number }>(
  batch: Batch,
  resource: Resource,
  rule: CodeRule<Found>,
  ctx: Ctx,
  rows: readonly Found[],
  items: Items<Item>,
  fresh?: (item: Item) => Found,
): Promise<Items<Item & { readonly row: Found }>> {
  return judged(batch, resource, rule, ctx, rows, items, conditionFailed, fresh);
}

/** In hide mode, the rule in code of `get` decides for every item whether its row exists. */
export async function checkCodeVisible<Found extends Row, Item extends { readonly id: string | number }>(
  batch: Batch,
  resource: Resource,
  rule: CodeRule<Found>,
  ctx: Ctx,
  rows: readonly Found[],
  items: Items<Item>,
): Promise<Items<Item & { readonly row: Found }>> {
  return judged(batch, resource, rule, ctx, rows, items, ({ id }) => notVisible(resource.errorMode, { id }));
}

async function judged<Found extends Row, Item extends { readonly id: string | number }>(
  batch: Batch,
  resource: Resource,
  rule: CodeRule<Found>,
  ctx: Ctx,
  rows: readonly Found[],
  items: Items<Item>,
  refusal: (item: Item) => ApiError,
  fresh?: (item: Item) => Found,
): Promise<Items<Item & { readonly row: Found }>> {
  const passed = new Map<number, Item & { readonly row: Found }>();
  for (const [index, item] of items) {
    const row = rows.find((candidate) => candidate[resource.id] === item.id) ?? fresh?.(item);
    if (!row) batch.failures.set(index, notVisible(resource.errorMode, { id: item.id }));
    else if ((await rule(ctx, row)) === true) passed.set(index, { ...item, row });
    else batch.failures.set(index, refusal(item));
  }
  return passed;
}

type Statement = BatchItem<"sqlite"> & PromiseLike<readonly Row[]>;

/** The database step: one statement an item, each of which must touch exactly one row. */
export const writeItems = <Value>(
  db: Database,
  ctx: Ctx,
  batch: Batch,
  resource: Resource,
  items: Items<Value>,
  statement: (value: Value) => Statement,
): Promise<void> => dropItems(db, ctx, batch, resource, items, [], statement);

/** The same for a delete, with the statements for what goes with the rows. */
export async function dropItems<Value>(
  db: Database,
  ctx: Ctx,
  batch: Batch,
  resource: Resource,
  items: Items<Value>,
  after: readonly BatchItem<"sqlite">[],
  statement: (value: Value) => Statement,
): Promise<void> {
  const statements = [...items].map(([index, value]) => ({ index, query: statement(value) }));
  const work: Work = { db, ctx, batch, resource };
  if (batch.atomic) await writeAll(work, statements, after);
  else await writeEach(work, statements, after);
}

type Work = { readonly db: Database; readonly ctx: Ctx; readonly batch: Batch; readonly resource: Resource };
type Pending = { readonly index: number; readonly query: Statement };

async function writeEach(
  work: Work,
  statements: readonly Pending[],
  after: readonly BatchItem<"sqlite">[],
): Promise<void> {
  const { db, ctx, resource } = work;
  try {
    const [first, ...others] = [...statements.map(({ query }) => query), ...after];
    const results: readonly unknown[] = first ? await db.batch([first, ...others]) : [];
    for (const [at, { index }] of statements.entries()) settle(work, index, results[at]);
  } catch (error) {
    if (!constraintError(error, ctx, resource)) throw error;
    for (const { index, query } of statements) await writeOne(work, index, query);
    const [first, ...others] = after;
    if (first) await db.batch([first, ...others]);
  }
}

async function writeOne(work: Work, index: number, query: Statement): Promise<void> {
  try {
    settle(work, index, await query);
  } catch (error) {
    const refusal = constraintError(error, work.ctx, work.resource);
    if (!refusal) throw error;
    work.batch.failures.set(index, refusal);
  }
}

function settle({ batch, resource }: Work, index: number, result: unknown): void {
  const row: unknown = Array.isArray(result) ? result[0] : undefined;
  if (isRecord(row)) batch.succeeded.set(index, row);
  else batch.failures.set(index, notVisible(resource.errorMode, { id: sentId(batch, resource, index) }));
}

/** Nothing is written if any item failed before, breaks a constraint or finds no row. */
async function writeAll(
  work: Work,
  statements: readonly Pending[],
  after: readonly BatchItem<"sqlite">[],
): Promise<void> {
  const { db, batch } = work;
  const [earliest] = [...batch.failures].sort(([a], [b]) => a - b);
  if (earliest) throw atomicFailed(...earliest);
  const [first, ...others] = [...statements.flatMap(({ query }) => [query, db.run(ONE_ROW_CHANGED)]), ...after];
  if (!first) return;
  try {
    const results: readonly unknown[] = await db.batch([first, ...others]);
    for (const [at, { index }] of statements.entries()) settle(work, index, results[at * 2]);
  } catch (error) {
    throw await locate(work, statements, error);
  }
}

// An UPDATE of no row does not fail by itself: this statement does when the one before it changed no row.
const ONE_ROW_CHANGED = sql`select json(case when changes() = 1 then 'true' else 'no row changed' end)`;
// Ends a trial run, so that nothing of it stays.
const ROLL_BACK = sql`select abs(-9223372036854775808)`;

/** Finds the first item that cannot be written, by trying ever shorter beginnings of the batch and undoing them. */
async function locate(work: Work, statements: readonly Pending[], error: unknown): Promise<unknown> {
  let [low, high, reason] = [0, statements.length - 1, refusalOf(work, error)];
  if (!reason) return error;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await trial(work, statements.slice(0, middle + 1));
    if (found) [high, reason] = [middle, found];
    else low = middle + 1;
  }
  return atomicFailed(statements[low]?.index ?? low, reason);
}

async function trial(work: Work, statements: readonly Pending[]): Promise<ApiError | null> {
  const { db } = work;
  const tried = statements.flatMap(({ query }) => [query, db.run(ONE_ROW_CHANGED)]);
  try {
    await db.batch([db.run(sql`select 1`), ...tried, db.run(ROLL_BACK)]);
  } catch (error) {
    return refusalOf(work, error);
  }
  return null;
}

function refusalOf({ ctx, resource }: Work, error: unknown): ApiError | null {
  const lost = error instanceof Error && `${error.message} ${String(error.cause)}`.includes("malformed JSON");
  return lost ? notVisible(resource.errorMode) : constraintError(error, ctx, resource);
}

/** The last step: rows as the caller may see them, failures by position, 207 when there are any. */
export async function sendBatch(
  c: Context<AppEnv>,
  batch: Batch,
  show: (row: Row) => unknown,
  status: 200 | 201 = 200,
): Promise<Response> {
  const inOrder = <Value>(entries: ReadonlyMap<number, Value>) => [...entries].sort(([a], [b]) => a - b);
  const success = inOrder(batch.succeeded).map(([, row]) => show(row));
  const errors = inOrder(batch.failures).map(([index, error]) => ({
    index,
    [batch.key]: batch.sent[index],
    error: error.body(),
  }));
  const total = batch.sent.length;
  const meta = { total, succeeded: success.length, failed: errors.length, atomic: batch.atomic };
  const answer = errors.length > 0 ? 207 : total > 0 ? status : 200;
  return send(c, { success, errors, meta }, answer);
}

const batchError = (code: string, message: string, hint: string, details: Details): ApiError =>
  new ApiError(400, "validation", code, message, hint, details);

const sizeExceeded = (max: number, actual: number): ApiError =>
  batchError("BATCH_SIZE_EXCEEDED", "Too many records in one batch", "Split the batch.", { max, actual });

const missingIds = (indices: readonly number[]): ApiError =>
  batchError("BATCH_MISSING_IDS", "Records without an id", "Give every record its id.", { indices });

const atomicFailed = (failedAt: number, error: ApiError): ApiError =>
  batchError(
    "BATCH_ATOMIC_FAILED",
    "Batch operation failed in atomic mode",
    "Nothing was written. Correct the record at failedAt and send the batch again.",
    { failedAt, reason: error.message, errorDetails: error.body() },
  );
