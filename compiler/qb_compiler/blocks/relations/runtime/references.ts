// A reference points at a row that the caller can see, or the write is refused.
import { and, sql } from "drizzle-orm";
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

export type Missing = { readonly index: number; readonly column: string };

/** The reference step of a write. */
export async function requireReferences(db: Database, ctx: Ctx, resource: Resource, values: Row): Promise<void> {
  const [missing] = await missingReferences(db, ctx, resource, [values]);
  if (missing) throw referenceNotFound(missing.column);
}

/** Every reference of these rows that points at nothing visible: one query a column, all in one round trip. */
export async function missingReferences(
  db: Database,
  ctx: Ctx,
  resource: Resource,
  rows: readonly Row[],
): Promise<Missing[]> {
  const used = [...resource.references].flatMap(([column, target]) => {
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
