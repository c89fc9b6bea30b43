import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import type { AppEnv, Settings } from "./app-env";
import { authRefusal, envelope } from "./envelope";
import { asked } from "./support";

const settings: Settings = { trustedOrigins: [], etag: true, publicRateLimit: 3, jwt: { minutes: 15, strict: false } };

/** A body that is sent in parts, and how many of them were taken. */
function sending(parts: number): { request: Request; taken: () => number } {
  let taken = 0;
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      if (taken === parts) return controller.close();
      taken += 1;
      controller.enqueue(new Uint8Array(1024));
    },
  });
  return { request: new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit), taken: () => taken };
}

test("a body that no step read is taken in before the answer leaves, so that the connection carries the next request", async () => {
  const app = new Hono<AppEnv>();
  app.use(envelope(settings));
  app.post("/", (c) => c.text("refused"));
  const { request, taken } = sending(5);
  assert.equal(await (await app.request(request)).text(), "refused");
  assert.equal(taken(), 5);
});

test("responses that a handler made itself have the headers, too", async () => {
  const app = new Hono<AppEnv>();
  app.use(envelope(settings));
  app.get("/", () => Response.json({}, { headers: { "X-Frame-Options": "SAMEORIGIN" } }));
  const { headers } = await app.request("/", { headers: { "X-Request-Id": "abc" } });
  assert.deepEqual([headers.get("X-Request-Id"), headers.get("X-Frame-Options"), headers.get("Content-Type")], ["abc", "DENY", "application/json"]);
});

/** Status, code and message of what becomes of Better Auth's answer. */
async function said(status: number, body: unknown): Promise<unknown[]> {
  const response = await asked("http://x/", (c) => authRefusal(c, Response.json(body, { status })));
  const { code, error } = (await response.json()) as Record<string, unknown>;
  return [response.status, code, error];
}

test("a refusal of Better Auth says what it says, a path that it does not have what ours say", async () => {
  assert.deepEqual(await said(404, {}), [404, "ROUTE_NOT_FOUND", "No such route"]);
  assert.deepEqual(await said(404, { code: "USER_NOT_FOUND", message: "User not found" }), [404, "USER_NOT_FOUND", "User not found"]);
  assert.deepEqual(await said(400, {}), [400, "AUTH_FAILED", "Authentication failed"]);
  assert.deepEqual(await said(400, { error: "invalid_grant", error_description: "Not known" }), [400, "INVALID_GRANT", "invalid_grant"]);
  assert.deepEqual(await said(429, { message: "Later" }), [429, "RATE_LIMITED", "Too many requests"]);
});
