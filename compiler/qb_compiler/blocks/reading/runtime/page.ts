// Reads rows, their count and their labels in one round trip.
import { count, type SQL, type SQLWrapper } from "drizzle-orm";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import { type Ctx, scopeOf } from "./context";
import type { Database } from "./database";
import { type LabelQuery, type Labels, labelQueries } from "./labels";
import type { ListQuery } from "./list-query";
import type { Resource } from "./resource";
import type { Pagination } from "./respond";
import type { Row } from "./values";

type RowsQuery<Found extends Row> = RunnableQuery<Found[], "sqlite"> & PromiseLike<Found[]> & SQLWrapper;

export type Reading<Found extends Row> = {
  readonly rows: readonly Found[];
  readonly labels: Labels;
  readonly total?: number;
};

/** All rows of a list or view, not yet sorted and cut into pages. */
type Unpaged = {
  orderBy(...columns: SQL[]): { limit(limit: number): { offset(offset: number): RowsQuery<Row> } };
};

/** The rows of a list that asks for nothing special, prepared once where the table allows it. */
type UsualPage = (resource: Resource) => ((db: Database) => { all(values: Row): Promise<Row[]> }) | null;

/** The database step of lists and views. */
export async function readPage(
  db: Database,
  ctx: Ctx,
  resource: Resource,
  rows: Unpaged,
  query: ListQuery,
  where: SQL,
  usualPage?: UsualPage,
): Promise<Reading<Row>> {
  const { limit, offset } = query;
  const page = rows
    .orderBy(...query.orderBy)
    .limit(limit)
    .offset(offset);
  const labelled = labelQueries(db, ctx, resource, page, query.columns);
  const usual = query.isDefault && !query.count && labelled.length === 0 ? usualPage?.(resource) : null;
  if (usual) return { rows: await usual(db).all({ ...scopeOf(ctx), limit, offset }), labels: new Map() };
  const { extra, ...found } = await readWith(db, page, labelled, query.count ? countOf(db, resource, where) : null);
  return extra === null ? found : { ...found, total: Number(extra[0]?.total) };
}

/** The database step of one record with labels. */
export const readRecord = <Found extends Row>(
  db: Database,
  ctx: Ctx,
  resource: Resource,
  record: RowsQuery<Found>,
  columns: readonly string[],
): Promise<Reading<Found>> => readWith(db, record, labelQueries(db, ctx, resource, record, columns), null);

async function readWith<Found extends Row>(
  db: Database,
  page: RowsQuery<Found>,
  labelled: readonly LabelQuery[],
  extra: RunnableQuery<Row[], "sqlite"> | null,
): Promise<{ rows: readonly Found[]; labels: Labels; extra: readonly Row[] | null }> {
  const others = [...labelled.map(({ query }) => query), ...(extra ? [extra] : [])];
  if (others.length === 0) return { rows: await page, labels: new Map(), extra: null };
  const [rows, ...results] = await db.batch([page, ...others]);
  const labels = new Map(labelled.map(({ column, read }, index) => [column, read(results[index] ?? [])]));
  return { rows, labels, extra: extra ? (results.at(-1) ?? []) : null };
}

/** The `pagination` of a list's body. */
export const pagination = (query: ListQuery, found: Reading<Row>): Pagination => ({
  limit: query.limit,
  offset: query.offset,
  count: found.rows.length,
  ...(found.total === undefined ? {} : { total: found.total }),
});

const countOf = (db: Database, resource: Resource, where: SQL) =>
  db.select({ total: count() }).from(resource.table).where(where);
