// Requests by the names that this API documents, as Better Auth knows them: before it counts them for its limits.
import type { Context } from "hono";
import { aliases } from "../auth/aliases";
import type { AppEnv } from "./app-env";
import { readJson } from "./body";

export type Endpoint = {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Whether the body that is sent is what Better Auth reads as `response`. */
  readonly wrapped?: true;
};

const BASE = "/auth/v1";

/** The request for Better Auth; one that has no alias is passed on as it is. */
export async function authRequest(c: Context<AppEnv>): Promise<Request> {
  const request = c.req.raw;
  const url = new URL(request.url);
  const endpoint = request.method === "POST" ? aliases.get(url.pathname.slice(BASE.length)) : undefined;
  if (!endpoint) return request;
  url.pathname = BASE + endpoint.path;
  const headers = new Headers(request.headers);
  if (endpoint.method === "GET") return new Request(url, { headers });
  if (!endpoint.wrapped) return new Request(url, request);
  return new Request(url, { method: "POST", headers, body: JSON.stringify({ response: await readJson(c) }) });
}
