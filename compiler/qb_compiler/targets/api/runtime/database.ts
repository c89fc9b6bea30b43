// Queries and their failures.
import { DrizzleQueryError } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { type ApiError, checkViolation, inUse, notNullViolation, uniqueViolation } from "./errors";
import type { Fields } from "./values";

export type Database = DrizzleD1Database;

/** Builds a query once for each database and reuses it. */
export function prepared<Query>(build: (db: Database) => Query): (db: Database) => Query {
  const queries = new WeakMap<Database, Query>();
  return (db) => {
    const known = queries.get(db);
    if (known !== undefined) return known;
    const query = build(db);
    queries.set(db, query);
    return query;
  };
}

/** The database step of a write: a broken constraint becomes the refusal that it means. */
export async function write<Result>(
  resource: { readonly fields: Fields },
  query: PromiseLike<Result>,
): Promise<Result> {
  try {
    return await query;
  } catch (error) {
    throw constraintError(resource.fields, error) ?? error;
  }
}

/** The refusal for a broken constraint, or null for any other failure. */
export function constraintError(fields: Fields, error: unknown): ApiError | null {
  const message = messageOf(error);
  const unique = /UNIQUE constraint failed: ([^:]+)/.exec(message)?.[1];
  if (unique !== undefined) return uniqueViolation(columnDetails(fields, unique));
  const missing = /NOT NULL constraint failed: ([^:]+)/.exec(message)?.[1];
  if (missing !== undefined) return notNullViolation(columnDetails(fields, missing));
  if (message.includes("FOREIGN KEY constraint failed")) return inUse();
  return message.includes("CHECK constraint failed") ? checkViolation() : null;
}

function messageOf(error: unknown): string {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function columnDetails(fields: Fields, places: string): { column: string } | undefined {
  const names = places.split(", ").map((place) => place.trim().split(".").at(-1));
  const column = [...fields].filter(([, field]) => names.includes(field.column.name)).map(([name]) => name);
  return column.length > 0 ? { column: column.join(", ") } : undefined;
}
