// Queries and their failures.
import { DrizzleQueryError } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { ANONYMOUS, type Ctx } from "./context";
import { type ApiError, checkViolation, type Details, inUse, notNullViolation, uniqueViolation } from "./errors";
import { type Masks, plainByRole } from "./masks";
import type { Fields } from "./values";

export type Database = DrizzleD1Database;

/** Builds something once for each database, or for each table, and reuses it. */
export function prepared<Query, Key extends object = Database>(build: (key: Key) => Query): (key: Key) => Query {
  const queries = new WeakMap<Key, Query>();
  return (key) => {
    const known = queries.get(key);
    if (known !== undefined) return known;
    const query = build(key);
    queries.set(key, query);
    return query;
  };
}

type Constrained = { readonly fields: Fields; readonly masks: Masks };

/** The database step of a write: a broken constraint becomes the refusal that it means. */
export async function write<Result>(resource: Constrained, ctx: Ctx, query: PromiseLike<Result>): Promise<Result> {
  try {
    return await query;
  } catch (error) {
    throw constraintError(error, ctx, resource) ?? error;
  }
}

const UNKNOWN_TABLE: Constrained = { fields: new Map(), masks: new Map() };

/** The refusal for a broken constraint, or null for any other failure. */
export function constraintError(error: unknown, ctx = ANONYMOUS, resource = UNKNOWN_TABLE): ApiError | null {
  const message = messageOf(error);
  const unique = /UNIQUE constraint failed: ([^:]+)/.exec(message)?.[1];
  if (unique !== undefined) return uniqueViolation(uniqueDetails(resource, ctx, columnsAt(resource.fields, unique)));
  const missing = /NOT NULL constraint failed: ([^:]+)/.exec(message)?.[1];
  if (missing !== undefined) return notNullViolation(columnDetails(columnsAt(resource.fields, missing)));
  if (message.includes("FOREIGN KEY constraint failed")) return inUse();
  return message.includes("CHECK constraint failed") ? checkViolation() : null;
}

function messageOf(error: unknown): string {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** The columns by the names that the API has for them. */
function columnsAt(fields: Fields, places: string): string[] {
  const names = places.split(", ").map((place) => place.trim().split(".").at(-1));
  return [...fields].filter(([, field]) => names.includes(field.column.name)).map(([name]) => name);
}

const columnDetails = (columns: readonly string[]): Details | undefined =>
  columns.length > 0 ? { column: columns.join(", ") } : undefined;

/** A caller who does not see a value plainly is not told which column has it already. */
const uniqueDetails = ({ masks }: Constrained, ctx: Ctx, columns: readonly string[]): Details | undefined =>
  columns.every((name) => plainByRole(masks.get(name), ctx)) ? columnDetails(columns) : undefined;
