// What the shared steps need to know of one table. Each `<route>.resource.ts` exports one.
import { getTableName, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Rule } from "./access";
import type { Ctx, Scoping } from "./context";
import type { ErrorMode } from "./errors";
import type { Masks } from "./masks";
import { type Field, type Fields, fieldsOf, type Row } from "./values";

/** Where a reference points: the row must exist inside that table's firewall. */
export type Target = {
  readonly table: SQLiteTable;
  readonly key: Field;
  readonly firewall: (ctx: Ctx) => SQL;
};

export type Sort = { readonly name: string; readonly descending: boolean };

/** The name that a row elsewhere has, shown beside the column that points at it. */
export type Label = {
  readonly name: string;
  readonly target: () => { readonly resource: Resource; readonly key: string; readonly display: string };
};

/** `Caller` is what must be known of whoever creates a row. */
export type Resource<Table extends SQLiteTable = SQLiteTable, Caller extends Ctx = never> = {
  readonly name: string;
  readonly table: Table;
  /** The primary key's property name. */
  readonly id: string;
  /** The column of soft deletes, if rows are deleted that way. */
  readonly deletedAt: string | null;
  readonly errorMode: ErrorMode;
  readonly firewall: (ctx: Ctx) => SQL;
  /** The same where it is the same SQL for every caller, so that queries around it are prepared once. */
  readonly prepared: ((ctx: Scoping) => SQL) | null;
  /** What a caller must satisfy to see a row; null when no route reads one. */
  readonly readable: Rule | null;
  readonly fields: Fields;
  /** The order of lists that ask for none; the primary key comes last anyway. */
  readonly defaultSort: readonly Sort[];
  readonly searchable: readonly string[];
  readonly masks: Masks;
  readonly ownerColumn: string | null;
  readonly references: ReadonlyMap<string, () => Target>;
  readonly labels: ReadonlyMap<string, Label>;
  /** What the server sets on every create, on every change and on a soft delete. */
  readonly created: (ctx: Caller) => Row;
  readonly modified: (ctx: Ctx) => Row;
  readonly deleted: (ctx: Ctx, now?: Date) => Row;
};

/** The primary key. */
export function keyOf(resource: Resource): SQLiteColumn {
  const key = resource.fields.get(resource.id);
  if (!key) throw new Error(`${resource.name} has no column ${resource.id}`);
  return key.column;
}

/** A reference into a table that has a resource. */
export const targetIn = ({ table, fields, firewall }: Resource, key: string): Target =>
  target(table, fields.get(key), firewall);

/** A reference into a table without routes. */
export const rowsIn = (table: SQLiteTable, key: string, firewall: Target["firewall"]): Target =>
  target(table, fieldsOf(table).get(key), firewall);

function target(table: SQLiteTable, key: Field | undefined, firewall: Target["firewall"]): Target {
  if (!key) throw new Error(`a reference into ${getTableName(table)} leads to no column`);
  return { table, key, firewall };
}
