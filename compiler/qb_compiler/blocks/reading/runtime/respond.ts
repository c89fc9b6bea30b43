// The last steps of every handler: mask each returned row, then send it.
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "./app-env";
import type { Ctx } from "./context";
import type { Labels } from "./labels";
import { maskedValue } from "./masks";
import type { Resource } from "./resource";
import type { Row } from "./values";

/** The mask step: the columns that are returned, each as the caller may see it, labels beside their column. */
export function maskRow(resource: Resource, ctx: Ctx, row: Row, columns: readonly string[], labels?: Labels): Row {
  const shown: [string, unknown][] = [];
  for (const name of columns) {
    shown.push([name, maskedValue(resource, ctx, row, name)]);
    const label = labels && resource.labels.get(name);
    if (label) shown.push([label.name, labels.get(name)?.get(row[name]) ?? null]);
  }
  return Object.fromEntries(shown);
}

/** The mask step of a list. */
export const maskRows = (
  resource: Resource,
  ctx: Ctx,
  found: { readonly rows: readonly Row[]; readonly labels: Labels },
  columns: readonly string[],
): Row[] => found.rows.map((row) => maskRow(resource, ctx, row, columns, found.labels));

/** Sends a body that holds rows: private, and 304 when the client has it already. */
export async function send(c: Context<AppEnv>, body: unknown, status: ContentfulStatusCode = 200): Promise<Response> {
  const text = JSON.stringify(body);
  c.header("Content-Type", "application/json");
  c.header("Cache-Control", "private, no-cache");
  c.header("Vary", "Cookie, Authorization", { append: true });
  if (status !== 200 || c.req.method !== "GET" || !c.var.settings.etag) return c.body(text, status);
  const etag = await weakEtag(text);
  c.header("ETag", etag);
  return matchesEtag(c.req.header("If-None-Match"), etag) ? c.body(null, 304) : c.body(text, 200);
}

export type Pagination = {
  readonly limit: number;
  readonly offset: number;
  readonly count: number;
  readonly total?: number;
};

/** The envelope of lists and views. */
export type Page = {
  readonly data: readonly Row[];
  readonly view?: string;
  readonly fields?: readonly string[];
  readonly pagination: Pagination;
};

export async function sendPage(c: Context<AppEnv>, page: Page): Promise<Response> {
  if (page.pagination.total !== undefined) c.header("X-Total-Count", String(page.pagination.total));
  return send(c, page);
}

async function weakEtag(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  return `W/"${hex.join("")}"`;
}

function matchesEtag(header: string | undefined, etag: string): boolean {
  const known = (header ?? "").split(",").map((value) => value.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(etag.replace(/^W\//, ""));
}
