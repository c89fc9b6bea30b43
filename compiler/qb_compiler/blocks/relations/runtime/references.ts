// A reference points at a row that the caller can see, or the write is refused.
import { and, sql } from "drizzle-orm";
import { type Batch, checkItems, type Items } from "./batch";
import type { Ctx } from "./context";
import type { Database } from "./database";
import { notVisible, referenceNotFound } from "./errors";
import type { Resource, Target } from "./resource";
import { comparable, isIn, type Row } from "./values";

/** The firewall step of a PUT that found no row: an id that is taken out of sight answers like every row out of sight. */
export async function requireFree(db: Database, resource: Resource, id: string | number): Promise<void> {
  const key = resource.fields.get(resource.id);
  if (!key) throw new Error(`${resource.name} has no column ${resource.id}`);
  const rows = await db
    .select({ taken: sql<number>`1`.as("taken") })
    .from(resource.table)
    .where(sql`${key.column} = ${id}`)
    .limit(1);
  if (rows.length > 0) throw notVisible(resource.errorMode);
}

type Missing = { readonly index: number; readonly column: string };

type Referring = Pick<Resource, "references">;

/** The reference step of a write. */
export async function requireReferences(db: Database, ctx: Ctx, from: Referring, values: Row): Promise<void> {
  const [missing] = await missingReferences(db, ctx, from, [values]);
  if (missing) throw referenceNotFound(missing.column);
}

/** The same for all items of a batch. */
export async function checkReferences<Value extends Row>(
  db: Database,
  ctx: Ctx,
  batch: Batch,
  resource: Resource,
  items: Items<Value>,
): Promise<Items<Value>> {
  const entries = [...items];
  const rows = entries.map(([, value]) => valuesOf(value));
  const missing = await missingReferences(db, ctx, resource, rows);
  const columns = new Map(missing.map(({ index, column }) => [entries[index]?.[0], column]));
  return checkItems(batch, items, (value, index) => {
    const column = columns.get(index);
    if (column !== undefined) throw referenceNotFound(column);
    return value;
  });
}

/** An item is what is written, or that beside the id of its record. */
const valuesOf = (item: Row): Row => (isRow(item.values) ? item.values : item);

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every reference of these rows that points at nothing visible: one query a column, all in one round trip. */
async function missingReferences(db: Database, ctx: Ctx, from: Referring, rows: readonly Row[]): Promise<Missing[]> {
  const used = [...from.references].flatMap(([column, target]) => {
    const places = rows.flatMap((row, index) => (row[column] == null ? [] : [{ index, column, value: row[column] }]));
    return places.length > 0 ? [{ places, target: target() }] : [];
  });
  const [first, ...others] = used.map(({ places, target }) =>
    visibleKeys(
      db,
      ctx,
      target,
      places.map(({ value }) => value),
    ),
  );
  if (!first) return [];
  const found = await db.batch([first, ...others]);
  return used.flatMap(({ places }, at) => {
    const keys = new Set((found[at] ?? []).map(({ key }) => String(key)));
    return places.filter(({ value }) => !keys.has(String(value)));
  });
}

function visibleKeys(db: Database, ctx: Ctx, target: Target, values: readonly unknown[]) {
  const wanted = [...new Set(values)].flatMap((value) => comparable(target.key.kind, value) ?? []);
  return db
    .select({ key: sql<unknown>`${target.key.column}`.as("key") })
    .from(target.table)
    .where(and(target.firewall(ctx), isIn(target.key, wanted)));
}
