import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { actionsOn, noInput, readInput, requestParts, requireCodeState, requireCrossTenant, requirePlatformAdmin, requireState, returnedRecord, sendResult } from "./actions";
import type { Ctx } from "./context";
import { redact } from "./masks";
import { maskRow, maskRows, send, sendPage } from "./respond";
import { asked, member, refused, resourceOf, things } from "./support";

const label = { name: "parent_label", target: () => ({ resource, key: "id", display: "name" }) };
const resource = resourceOf(things, { masks: new Map([["secret", { hide: redact, roles: ["admin"] }]]), labels: new Map([["parentId", label]]) });

test("a row leaves with the columns asked for, masked, its labels beside their columns", () => {
  const row = { id: "a", secret: "x", name: "A", parentId: "p", rank: 1 };
  const labels = new Map([["parentId", new Map([["p", "Parent"]])]]);
  const shown = (from: object, known?: typeof labels) => Object.entries(maskRow(resource, member, from as typeof row, ["id", "secret", "parentId", "rank"], known));
  assert.deepEqual(shown(row, labels), [["id", "a"], ["secret", "[REDACTED]"], ["parentId", "p"], ["parent_label", "Parent"], ["rank", 1]]);
  assert.deepEqual(shown({ ...row, parentId: "q" }, labels)[3], ["parent_label", null]);
  assert.deepEqual(shown(row, new Map())[3], ["parent_label", null]);
  assert.deepEqual(shown(row).map(([name]) => name), ["id", "secret", "parentId", "rank"]);
  assert.deepEqual(maskRows(resource, member, { rows: [row], labels }, ["id", "secret", "parentId"]), [{ id: "a", secret: "[REDACTED]", parentId: "p", parent_label: "Parent" }]);
});

type Sent = { method?: string; headers?: Record<string, string>; etag?: boolean; status?: 200 | 201; page?: number; vary?: string };

const answered = (body: unknown, { method = "GET", headers = {}, etag = true, status, page, vary }: Sent = {}) =>
  asked(
    new Request("http://x/", { method, headers }),
    (c) => {
      if (vary) c.header("Vary", vary);
      const pagination = { limit: 1, offset: 0, count: 1, ...(page === undefined ? {} : { total: page }) };
      return body === null ? sendPage(c, { data: [], pagination }) : send(c, body, status);
    },
    { etag },
  );

test("a body with rows is private, and known by its text", async () => {
  const response = await answered({ a: 1 }, { vary: "Origin" });
  const header = (name: string) => response.headers.get(name);
  assert.deepEqual([response.status, header("content-type"), header("cache-control"), header("vary")], [200, "application/json", "private, no-cache", "Origin, Cookie, Authorization"]);
  assert.match(header("etag") ?? "", /^W\/"[0-9a-f]{16}"$/);
  assert.equal(await response.text(), '{"a":1}');
  const etag = header("etag") ?? "";
  assert.equal((await answered({ a: 1 })).headers.get("etag"), etag);
  assert.notEqual((await answered({ a: 2 })).headers.get("etag"), etag);
  for (const known of [etag, etag.replace("W/", ""), `"x", ${etag}`, "*"]) {
    const again = await answered({ a: 1 }, { headers: { "if-none-match": known } });
    assert.deepEqual([again.status, await again.text(), again.headers.get("etag")], [304, "", etag], known);
  }
  for (const known of ['"x"', "", etag.slice(0, -2)]) assert.equal((await answered({ a: 1 }, { headers: { "if-none-match": known } })).status, 200);
});

test("only what a GET answers with 200 has an ETag, where ETags are on", async () => {
  const headers = { "if-none-match": "*" };
  for (const more of [{ method: "POST" }, { status: 201 as const }, { etag: false }]) {
    const response = await answered({ a: 1 }, { headers, ...more });
    assert.deepEqual([response.status, response.headers.get("etag"), await response.text()], [more.status ?? 200, null, '{"a":1}']);
  }
});

test("a page says how many there are where they were counted", async () => {
  assert.equal((await answered(null, { page: 0 })).headers.get("x-total-count"), "0");
  assert.equal((await answered(null)).headers.get("x-total-count"), null);
});

const input = z.object({ tags: z.union([z.string(), z.array(z.string())]).optional() });
const read = (request: Request, schema: z.ZodType = input) => asked(request, (c) => readInput(c, schema));
const posted = (body: string, headers = {}) => new Request("http://x/", { method: "POST", body, headers });

test("the input of an action is the query of a GET, else the body; without input, nothing is read", async () => {
  assert.deepEqual(await read(new Request("http://x/?tags=a")), { tags: "a" });
  assert.deepEqual(await read(new Request("http://x/?tags=a&tags=b")), { tags: ["a", "b"] });
  assert.deepEqual(await read(posted('{"tags":["a"],"more":1}')), { tags: ["a"] });
  assert.deepEqual(await read(new Request("http://x/?tags=a", { method: "HEAD" })), { tags: "a" });
  assert.deepEqual(await read(new Request("http://x/?tags=a", { method: "POST" })), {});
  await refused(() => read(posted("{")), "INVALID_JSON");
  assert.equal(await read(posted("no JSON"), noInput), undefined);
  await refused(() => read(posted('{"tags":1}')), "VALIDATION_FAILED", { fields: { tags: "Invalid input" } });
  const later = z.object({ tags: z.string().refine(async (text) => text === "known", "unknown") });
  assert.deepEqual(await read(posted('{"tags":"known"}'), later), { tags: "known" });
  await refused(() => read(posted('{"tags":"x"}'), later), "VALIDATION_FAILED", { fields: { tags: "unknown" } });
});

test("an action needs its record in the right state; in hide mode one that the caller may not get is not there", async () => {
  const readable = { record: { open: { equals: true } } };
  const [revealing, hiding] = [{ ...resource, readable }, { ...resource, readable, errorMode: "hide" as const }];
  const rule = { record: { rank: { equals: 1 } } };
  const state = "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE";
  await refused(() => requireState(hiding, rule, member, { open: false, rank: 1 }), "NOT_FOUND");
  await refused(() => requireState(hiding, rule, member, { open: true, rank: 2 }), state);
  await refused(() => requireState(revealing, rule, member, { open: false, rank: 2 }), state);
  await refused(() => requireState({ ...hiding, readable: null }, rule, member, { rank: 2 }), state);
  requireState(hiding, rule, member, { open: true, rank: 1 });
  requireState(revealing, rule, member, { open: false, rank: 1 });
  requireState({ ...hiding, readable: null }, rule, member, { rank: 1 });
  for (const answer of [false, 1, undefined]) await refused(() => requireCodeState(() => answer as boolean, member, {}), state);
  for (const answer of [true, Promise.resolve(true)]) await requireCodeState(() => answer, member, {});
});

test("platform admins alone pass the gates of platform admins", async () => {
  const admin: Ctx = { ...member, userRole: "admin" };
  for (const userRole of ["user", null, "owner"]) {
    await refused(() => requireCrossTenant({ ...member, userRole }), "ACCESS_CROSS_TENANT_FORBIDDEN");
    await refused(() => requirePlatformAdmin({ ...member, userRole }), "ACCESS_ADMIN_REQUIRED");
  }
  requireCrossTenant(admin);
  requirePlatformAdmin(admin);
});

test("an action gets variables and no bindings, the request and no environment", async () => {
  const parts = await asked("/", (c) => {
    Object.assign(c.env, { BETTER_AUTH_SECRET: "secret", NAME: "x", COUNT: 2, ON: true, DB: { prepare: () => null }, NOTHING: null });
    return requestParts(c);
  });
  assert.deepEqual(parts.env, { NAME: "x", COUNT: 2, ON: true });
  assert.deepEqual(Object.keys(parts.c), ["req", "json", "text", "body", "header", "status", "newResponse"]);
  assert.equal(parts.auditFields.createdAt, parts.auditFields.modifiedAt);
});

test("what an action returns is sent as JSON, or as the response that it made", async () => {
  const made = async (headers: Record<string, string>) => {
    const response = await asked("/", (c) => sendResult(c, new Response("own", { status: 418, headers })));
    return [response.status, await response.text(), response.headers.get("cache-control"), response.headers.get("vary")];
  };
  assert.deepEqual(await made({}), [418, "own", "private, no-cache", "Cookie, Authorization"]);
  assert.deepEqual(await made({ "cache-control": "public", vary: "Origin" }), [418, "own", "public", "Origin, Cookie, Authorization"]);
  for (const [result, text] of [[{ a: 1 }, '{"a":1}'], [undefined, "null"], [0, "0"]] as const) assert.equal(await (await asked("/", (c) => sendResult(c, result))).text(), text);
  assert.deepEqual(returnedRecord({ id: "a" }), { id: "a" });
  for (const odd of [null, undefined, "text", 5]) assert.throws(() => returnedRecord(odd), /returned no record/);
});

test("the ties of an action hand it on as it is", () => {
  const on = actionsOn<object, Ctx>();
  const action = { input: noInput, execute: () => null };
  for (const tie of [on.record, on.standalone, on.unsafeRecord, on.unsafeStandalone]) assert.equal(tie(action), action);
});
