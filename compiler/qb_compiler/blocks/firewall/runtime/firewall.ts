// Which rows exist for a caller. Every query of a route is built around the table's firewall.
import { and, eq, is, Placeholder, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type ErrorMode, notVisible } from "./errors";

/** The column holds the caller's value. A caller without one matches no row. */
export const matches = (column: SQLiteColumn, value: unknown): SQL =>
  typeof value === "string" || typeof value === "number" || is(value, Placeholder) ? eq(column, value) : sql`false`;

/** A table without a scope. */
export const everyRow: SQL = sql`true`;

/** All predicates together. An empty list is refused: a query without a predicate is a mistake. */
export function allOf(...predicates: SQL[]): SQL {
  return and(...predicates) ?? sql`false`;
}

/** The firewall step: the fetched row, or the answer for rows that are not visible. */
export function requireVisible<Row>(row: Row | undefined, resource: { readonly errorMode: ErrorMode }): Row {
  if (row === undefined) throw notVisible(resource.errorMode);
  return row;
}
