// Reads rows, their count and their labels in one round trip.
import { count, type SQL, type SQLWrapper } from "drizzle-orm";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import type { Ctx } from "./context";
import type { Database } from "./database";
import { type Labels, labelQueries } from "./labels";
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

export type Wanted<Found extends Row> = {
  /** The returned columns: those that have a label get it. */
  readonly columns: readonly string[];
  /** The predicate to count by, when a total was asked for. */
  readonly countWhere?: SQL | false;
  /** The same rows from a query that was prepared before, when the request asks for nothing special. */
  readonly usual?: (() => Promise<Found[]>) | false;
};

/** The `pagination` of a list's body. */
export const pagination = (query: ListQuery, count: number, total?: number): Pagination => ({
  limit: query.limit,
  offset: query.offset,
  count,
  ...(total === undefined ? {} : { total }),
});

export async function readPage<Found extends Row>(
  db: Database,
  ctx: Ctx,
  resource: Resource,
  page: RowsQuery<Found>,
  wanted: Wanted<Found>,
): Promise<Reading<Found>> {
  const labelled = labelQueries(db, ctx, resource, page, wanted.columns);
  const total = wanted.countWhere ? [countOf(db, resource, wanted.countWhere)] : [];
  const others: RunnableQuery<Row[], "sqlite">[] = [...total, ...labelled.map(({ query }) => query)];
  if (others.length === 0) return { rows: await (wanted.usual ? wanted.usual() : page), labels: new Map() };
  const [rows, ...results] = await db.batch([page, ...others]);
  const labels = new Map(
    labelled.map(({ column, read }, index) => [column, read(results[total.length + index] ?? [])]),
  );
  return total.length > 0 ? { rows, labels, total: Number(results[0]?.[0]?.total) } : { rows, labels };
}

const countOf = (db: Database, resource: Resource, where: SQL) =>
  db.select({ total: count() }).from(resource.table).where(where);
