// The statements that the routes of every table share. Each holds the firewall, a change also the rule of its operation.
import { eq, type InferInsertModel, type InferSelectModel, isNull, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { type Rule, recordFilter } from "./access";
import { type Items, idIn } from "./batch";
import { type Ctx, PREPARED, scopeOf } from "./context";
import { type Database, prepared } from "./database";
import { allOf } from "./firewall";
import { orderOf } from "./list-query";
import { keyOf, type Resource } from "./resource";

type Id = string | number;
type Found<Table extends SQLiteTable> = InferSelectModel<Table>;
type Sent<Table extends SQLiteTable> = Partial<InferInsertModel<Table>>;

/** The page of a list that asks for nothing special; null where the firewall differs between callers. */
export const usualPage = prepared((resource: Resource) => {
  const { table, prepared: firewall } = resource;
  if (!firewall) return null;
  return prepared((db: Database) =>
    db
      .select()
      .from(table)
      .where(firewall(PREPARED))
      .orderBy(...orderOf(resource, resource.defaultSort))
      .limit(sql.placeholder("limit"))
      .offset(sql.placeholder("offset"))
      .prepare(),
  );
});

const rowById = prepared((resource: Resource) => {
  const { table, prepared: firewall } = resource;
  if (!firewall) return null;
  return prepared((db: Database) =>
    db
      .select()
      .from(table)
      .where(allOf(firewall(PREPARED), eq(keyOf(resource), sql.placeholder("id"))))
      .limit(1)
      .prepare(),
  );
});

export async function fetchRow<Table extends SQLiteTable>(
  db: Database,
  ctx: Ctx,
  resource: Resource<Table>,
  id: Id,
): Promise<Found<Table> | undefined> {
  const { table, firewall }: Resource = resource;
  const usual = rowById(resource);
  const row = usual
    ? await usual(db).get({ ...scopeOf(ctx), id })
    : await db
        .select()
        .from(table)
        .where(allOf(firewall(ctx), eq(keyOf(resource), id)))
        .get();
  return row as Found<Table> | undefined;
}

export async function fetchRows<Table extends SQLiteTable>(
  db: Database,
  ctx: Ctx,
  resource: Resource<Table>,
  items: Items<{ readonly id: Id }>,
): Promise<Found<Table>[]> {
  const { table, firewall }: Resource = resource;
  const rows = await db
    .select()
    .from(table)
    .where(allOf(firewall(ctx), idIn(resource, items)));
  return rows as Found<Table>[];
}

/** Past the firewall, for cross-tenant actions alone: their calls are audited. */
export async function fetchAcrossTenants<Table extends SQLiteTable>(
  db: Database,
  resource: Resource<Table>,
  id: Id,
): Promise<Found<Table> | undefined> {
  const { table, fields, deletedAt }: Resource = resource;
  const deleted = fields.get(deletedAt ?? "")?.column;
  const row = await db
    .select()
    .from(table)
    .where(allOf(deleted ? isNull(deleted) : sql`true`, eq(keyOf(resource), id)))
    .get();
  return row as Found<Table> | undefined;
}

/** What the server sets comes last, so that nothing sent can override it. */
export function insertRow<Table extends SQLiteTable, Caller extends Ctx>(
  db: Database,
  ctx: Caller,
  { table, created }: Resource<Table, Caller>,
  values: Sent<Table>,
) {
  return db
    .insert<SQLiteTable>(table)
    .values({ ...values, ...created(ctx) })
    .returning();
}

/** The same under an id of the client's; a row that has it already, seen or not, is left alone. */
export function putRow<Table extends SQLiteTable, Caller extends Ctx>(
  db: Database,
  ctx: Caller,
  resource: Resource<Table, Caller>,
  id: Id,
  values: Sent<Table>,
) {
  const { table, created } = resource;
  return db
    .insert<SQLiteTable>(table)
    .values({ ...values, [resource.id]: id, ...created(ctx) })
    .onConflictDoNothing({ target: keyOf(resource) })
    .returning();
}

/** `seen` is the row as a rule in code saw it. */
export function updateRow<Table extends SQLiteTable>(
  db: Database,
  ctx: Ctx,
  resource: Resource<Table>,
  rule: Rule,
  id: Id,
  values: Sent<Table>,
  seen = sql`true`,
) {
  const { table, firewall, fields, modified }: Resource = resource;
  return db
    .update(table)
    .set({ ...values, ...modified(ctx) })
    .where(allOf(firewall(ctx), recordFilter(rule, fields, ctx), seen, eq(keyOf(resource), id)))
    .returning();
}

/** Rows that go together carry the same time. */
export function softDeleteRow(
  db: Database,
  ctx: Ctx,
  resource: Resource,
  rule: Rule,
  id: Id,
  now: Date,
  seen = sql`true`,
) {
  const { table, firewall, fields, deleted } = resource;
  return db
    .update(table)
    .set(deleted(ctx, now))
    .where(allOf(firewall(ctx), recordFilter(rule, fields, ctx), seen, eq(keyOf(resource), id)))
    .returning({ id: keyOf(resource) });
}

export function hardDeleteRow(db: Database, ctx: Ctx, resource: Resource, rule: Rule, id: Id, seen: SQL = sql`true`) {
  const { table, firewall, fields } = resource;
  return db
    .delete(table)
    .where(allOf(firewall(ctx), recordFilter(rule, fields, ctx), seen, eq(keyOf(resource), id)))
    .returning({ id: keyOf(resource) });
}
