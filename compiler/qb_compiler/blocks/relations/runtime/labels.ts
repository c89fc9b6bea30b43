// Labels: the name of the row that a foreign key points at. One query a column, sent with the rows that need it.
import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { RunnableQuery } from "drizzle-orm/runnable-query";
import { allowsRole, recordFilter } from "./access";
import type { Ctx } from "./context";
import type { Database } from "./database";
import { maskedValue } from "./masks";
import type { Label, Resource } from "./resource";
import type { Row } from "./values";

/** Foreign key column to key to name. */
export type Labels = ReadonlyMap<string, ReadonlyMap<unknown, unknown>>;

export type LabelQuery = {
  readonly column: string;
  readonly query: RunnableQuery<Row[], "sqlite">;
  readonly read: (rows: readonly Row[]) => ReadonlyMap<unknown, unknown>;
};

/** The queries for the labels of these columns. A target outside firewall or `get` access has no name. */
export function labelQueries(
  db: Database,
  ctx: Ctx,
  resource: Resource,
  page: SQLWrapper,
  columns: readonly string[],
): LabelQuery[] {
  return columns.flatMap((column) => {
    const label = resource.labels.get(column);
    const source = resource.fields.get(column);
    if (!label || !source) return [];
    const keys = sql`(select ${sql.identifier(source.column.name)} from ${page})`;
    return labelQuery(db, ctx, column, label, keys) ?? [];
  });
}

function labelQuery(db: Database, ctx: Ctx, column: string, label: Label, keys: SQL): LabelQuery | null {
  const { resource: target, key, display } = label.target();
  const [keyField, shown] = [target.fields.get(key), target.fields.get(display)];
  const owner = target.ownerColumn === null ? undefined : target.fields.get(target.ownerColumn);
  if (!keyField || !shown || !target.readable || !allowsRole(target.readable, ctx)) return null;
  const query = db
    .select({
      key: sql`${keyField.column}`.mapWith(keyField.column).as("label_key"),
      shown: sql`${shown.column}`.mapWith(shown.column).as("label_shown"),
      owner: sql`${owner?.column ?? null}`.as("label_owner"),
    })
    .from(target.table)
    .where(
      and(target.firewall(ctx), recordFilter(target.readable, target.fields, ctx), sql`${keyField.column} in ${keys}`),
    );
  const read = (rows: readonly Row[]): ReadonlyMap<unknown, unknown> =>
    new Map(
      rows.map((row) => {
        const seen = { [display]: row.shown, ...(target.ownerColumn && { [target.ownerColumn]: row.owner }) };
        return [row.key, maskedValue(target, ctx, seen, display)];
      }),
    );
  return { column, query, read };
}
