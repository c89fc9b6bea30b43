// What the tests of the runtime share: a D1 database in memory, a table with every kind of column, and a request.
import assert from "node:assert/strict";
import { getTableColumns, getTableName, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { blob, integer, numeric, real, type SQLiteTable, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Context, Hono } from "hono";
import type { AppEnv } from "./app-env";
import { ANONYMOUS, type Ctx } from "./context";
import { D1Database } from "./d1.mjs";
import type { Database } from "./database";
import { ApiError } from "./errors";
import { matches } from "./firewall";
import type { Resource } from "./resource";
import { fieldsOf } from "./values";

export const member: Ctx = {
  ...ANONYMOUS,
  authenticated: true,
  userId: "u1",
  userRole: "user",
  activeOrgId: "o1",
  roles: ["member"],
  user: { id: "u1", email: "ann@example.com", name: "Ann" },
};

export const things = sqliteTable("things", {
  id: text("id").primaryKey(),
  org: text("org"),
  name: text("name"),
  secret: text("secret"),
  rank: integer("rank"),
  weight: real("weight"),
  price: numeric("price"),
  total: blob("total", { mode: "bigint" }),
  open: integer("is_open", { mode: "boolean" }),
  seen: integer("seen_at", { mode: "timestamp" }),
  millis: integer("millis_at", { mode: "timestamp_ms" }),
  data: text("data", { mode: "json" }),
  bytes: blob("bytes", { mode: "buffer" }),
  createdAt: text("created_at"),
  modifiedAt: text("modified_at"),
  deletedAt: text("deleted_at"),
  parentId: text("parent_id"),
});

/** A database with these tables; `d1` runs SQL beside Drizzle. */
export async function opened(...tables: SQLiteTable[]): Promise<{ d1: D1Database; db: Database }> {
  const d1 = new D1Database();
  for (const table of tables) {
    const columns = Object.values(getTableColumns(table)).map((column) => `${column.name} ${column.getSQLType()}${column.primary ? " primary key" : ""}`);
    await d1.prepare(`create table ${getTableName(table)} (${columns.join(", ")})`).run();
  }
  return { d1, db: drizzle(d1) };
}

/** A table's resource, held inside the caller's organization where it has one. */
export function resourceOf(table: SQLiteTable, more: Partial<Resource> = {}): Resource {
  const fields = fieldsOf(table, ["createdAt", "modifiedAt"]);
  const org = fields.get("org")?.column;
  return {
    name: getTableName(table),
    table,
    id: "id",
    deletedAt: null,
    errorMode: "reveal",
    firewall: (ctx) => (org ? matches(org, ctx.activeOrgId) : sql`true`),
    prepared: null,
    readable: null,
    fields,
    defaultSort: [],
    searchable: [],
    masks: new Map(),
    ownerColumn: null,
    references: new Map(),
    labels: new Map(),
    created: () => ({}),
    modified: () => ({}),
    deleted: () => ({}),
    ...more,
  };
}

/** What a step makes of a request, or what it throws. */
export async function asked<Result>(request: string | Request, step: (c: Context<AppEnv>) => Result | Promise<Result>, settings = {}): Promise<Result> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const app = new Hono<AppEnv>();
  app.all("*", async (c) => {
    c.set("settings", { etag: true, publicRateLimit: 3, ...settings } as AppEnv["Variables"]["settings"]);
    try {
      results.push(await step(c));
    } catch (error) {
      failures.push(error);
    }
    return c.body(null);
  });
  await app.request(request, undefined, {});
  if (failures.length > 0) throw failures[0];
  return results[0] as Result;
}

/** Holds a refusal to its code and its details. */
export async function refused(run: () => unknown, code: string, details?: unknown): Promise<void> {
  await assert.rejects(
    async () => run(),
    (error) => {
      assert.ok(error instanceof ApiError, String(error));
      assert.equal(error.code, code);
      if (details !== undefined) assert.deepEqual(error.details, details);
      return true;
    },
  );
}
