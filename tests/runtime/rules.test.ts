import assert from "node:assert/strict";
import { before, test } from "node:test";
import { allows, mixed, type Rule, requireCode, requireCodeVisible, requireNewRecord, requireRecord, requireRole, unchanged } from "./access";
import { ANONYMOUS, type Ctx, contextValue, requireOrganization, requireScope } from "./context";
import type { Database } from "./database";
import { ActionError, ApiError, notVisible } from "./errors";
import { checkCreate, checkUpdate, type Guards } from "./guards";
import { isTrustedOrigin } from "./origins";
import { keyOf, rowsIn, targetIn } from "./resource";
import { asked, member, opened, refused, resourceOf, things } from "./support";
import type { Row } from "./values";

const revealing = resourceOf(things, { readable: { record: { open: { equals: true } } } });
const hiding = { ...revealing, errorMode: "hide" as const };
const shut: Rule = { record: { rank: { equals: 1 } } };

test("a role that is missing is named, in the branches too", async () => {
  const rule: Rule = { roles: ["owner"], or: [{ roles: ["admin", "owner"] }, { and: [{ userRole: ["support"] }], userRole: ["root"] }] };
  const details = { required: ["owner", "admin"], current: ["member"], userRoleRequired: ["root", "support"], userRoleCurrent: "user" };
  await refused(() => requireRole(rule, member), "ACCESS_ROLE_REQUIRED", details);
  await refused(() => requireRole({ roles: ["owner"] }, member), "ACCESS_ROLE_REQUIRED", { required: ["owner"], current: ["member"] });
  requireRole({ roles: ["member"] }, member);
});

test("roles and platform roles admit those who hold one", () => {
  const admitted = (rule: Rule, ctx: Ctx) => allows(rule, revealing.fields, ctx, {});
  const nobody = { ...ANONYMOUS, roles: [] };
  for (const [rule, forMember, forNobody] of [
    [{ roles: ["AUTHENTICATED"] }, true, false],
    [{ roles: ["PUBLIC"] }, true, true],
    [{ roles: ["member"] }, true, false],
    [{ roles: ["owner"] }, false, false],
    [{ userRole: ["user"] }, true, false],
    [{ userRole: ["admin"] }, false, false],
    [{ userRole: [] }, false, false],
    [{}, true, true],
  ] as const) {
    assert.equal(admitted(rule, member), forMember, JSON.stringify(rule));
    assert.equal(admitted(rule, nobody), forNobody, JSON.stringify(rule));
  }
});

test("in hide mode a row that the caller may not get is not there, in reveal mode it is refused", async () => {
  await refused(() => requireRecord(hiding, shut, member, { open: false, rank: 1 }, { id: "a" }), "NOT_FOUND", { id: "a" });
  await refused(() => requireRecord(hiding, shut, member, { open: true, rank: 2 }), "ACCESS_CONDITION_FAILED");
  await refused(() => requireRecord(revealing, shut, member, { open: false, rank: 2 }), "ACCESS_CONDITION_FAILED");
  await refused(() => requireRecord({ ...hiding, readable: null }, shut, member, { rank: 2 }), "ACCESS_CONDITION_FAILED");
  requireRecord(revealing, shut, member, { open: false, rank: 1 });
  requireRecord({ ...hiding, readable: null }, shut, member, { open: false, rank: 1 });
  requireRecord(hiding, shut, member, { open: true, rank: 1 });
  await refused(() => requireNewRecord(hiding, shut, member, { rank: 2 }), "ACCESS_CONDITION_FAILED");
  requireNewRecord(hiding, shut, member, { rank: 1 });
});

test("a rule in code admits by true alone", async () => {
  for (const answer of [false, 1, "yes", undefined, null]) {
    const rule = () => answer as boolean;
    await refused(() => requireCode(rule, member, {}), "ACCESS_CONDITION_FAILED");
    await refused(() => requireCodeVisible(hiding, rule, member, {}), "NOT_FOUND");
    await refused(() => requireCodeVisible(revealing, rule, member, {}), "ACCESS_CONDITION_FAILED");
  }
  for (const rule of [() => true, async () => true]) {
    await requireCode(rule, member, {});
    await requireCodeVisible(hiding, rule, member, {});
  }
});

test("code inside a rule is asked about signed-in callers, and all parts of the rule count", async () => {
  const yes = async () => true;
  const no = () => false;
  const holds = (rule: Parameters<typeof mixed>[1], ctx = member) => Promise.resolve(mixed<Row>(revealing.fields, rule as never)(ctx, { rank: 1 }));
  for (const [rule, expected] of [
    [yes, true],
    [no, false],
    [() => 1 as unknown as boolean, false],
    [{ or: [yes, no] }, true],
    [{ or: [no] }, false],
    [{ or: [] }, false],
    [{ and: [yes, yes] }, true],
    [{ and: [yes, no] }, false],
    [{ and: [yes], or: [no] }, false],
    [{ roles: ["owner"], or: [yes] }, false],
    [{ ...shut, and: [yes] }, true],
    [{ record: { rank: { equals: 2 } }, and: [yes] }, false],
    [{ or: [{ and: [yes, { roles: ["member"] }] }] }, true],
  ] as const)
    assert.equal(await holds(rule as never), expected, JSON.stringify(rule));
  assert.equal(await holds(yes as never, ANONYMOUS), false);
  assert.equal(await mixed(revealing.fields, { or: [yes] } as never)(member, undefined as never), true);
});

let db: Database;
before(async () => {
  ({ db } = await opened(things));
});

test("a row is unchanged while every column that compares is", async () => {
  const row = { id: "a", org: null, name: "x", rank: 1, weight: 0.5, price: "9.5", open: true, seen: new Date(1000), millis: new Date(5), data: { a: 1 }, bytes: Buffer.of(1) };
  await db.insert(things).values(row);
  const [stored = {}] = await db.select().from(things);
  const matching = async (seen: Row) => (await db.select().from(things).where(unchanged(revealing.fields, seen))).length;
  assert.equal(await matching(stored), 1);
  assert.equal(await matching({ ...stored, data: { a: 2 }, bytes: Buffer.of(2) }), 1);
  for (const change of [{ name: "y" }, { name: null }, { org: "o1" }, { rank: 2 }, { open: false }, { seen: new Date(2000) }, { price: "10" }]) assert.equal(await matching({ ...stored, ...change }), 0);
  assert.equal(await matching({ id: "a" }), 0);
});

test("the context is read along a path of its own properties", async () => {
  const odd = { ...member, user: { id: "u1", email: "", name: "n" } };
  assert.deepEqual(["user.id", "user.name", "userId", "roles", "user.id.length", "nope", "user.nope", "activeTeamId", "userId.x"].map((path) => contextValue(odd, path)), ["u1", "n", "u1", ["member"], null, null, null, null, null]);
  assert.equal(requireScope(member, "activeOrgId"), "o1");
  for (const path of ["activeTeamId", "user.email", "roles", "authenticated", "toString"]) await refused(() => requireScope(odd, path), "ACCESS_NO_SCOPE");
  requireOrganization(member);
  await refused(() => requireOrganization(ANONYMOUS), "ACCESS_NO_ORG");
  await refused(() => requireOrganization({ ...member, activeOrgId: "" }), "ACCESS_NO_ORG");
  assert.deepEqual(ANONYMOUS, { authenticated: false, userId: null, userRole: null, activeOrgId: null, activeTeamId: null, roles: [], user: null });
});

test("a refusal says what it says, with details where there are some", () => {
  const [bare, detailed] = [new ApiError(400, "validation", "X", "message", "hint"), new ApiError(400, "validation", "X", "message", "hint", { a: 1 })];
  assert.deepEqual(bare.body(), { error: "message", layer: "validation", code: "X", hint: "hint" });
  assert.deepEqual(detailed.body(), { ...bare.body(), details: { a: 1 } });
  assert.deepEqual([notVisible("hide").status, notVisible("reveal").status, notVisible("reveal").code], [404, 403, "FIREWALL_NOT_FOUND"]);
  assert.deepEqual([new ActionError("m", "C").status, new ActionError("m", "C", 418).status], [400, 418]);
});

test("a protected field is refused with the actions that change it, if any does", () => {
  const guards: Guards = { createable: new Set(["a"]), updatable: new Set(["a"]), immutable: new Set(), protected: new Map([["p", ["open", "close"]], ["q", []]]), system: new Set() };
  const hint = (key: string): unknown => {
    try {
      return checkUpdate(guards, { keys: [key], values: {} });
    } catch (error) {
      return error instanceof ApiError ? [error.hint, error.details] : error;
    }
  };
  assert.deepEqual(hint("p"), ["Use one of the actions: open, close.", { fields: ["p"], actions: ["open", "close"] }]);
  assert.deepEqual(hint("q"), ["No request can change this field.", { fields: ["q"], actions: [] }]);
  assert.deepEqual(checkCreate(guards, { keys: ["a"], values: { a: 1 } }), { a: 1 });
});

test("a table without the column that is needed is an error of its own", () => {
  assert.throws(() => keyOf({ ...revealing, id: "nope" }), /things has no column nope/);
  assert.throws(() => targetIn(revealing, "nope"), /a reference into things leads to no column/);
  assert.throws(() => rowsIn(things, "nope", revealing.firewall), /a reference into things leads to no column/);
  assert.equal(keyOf(revealing), things.id);
  assert.equal(rowsIn(things, "name", revealing.firewall).key.column, things.name);
});

test("the API's own origin and those of the config may use cookies, a request without one may not", async () => {
  const trusted = (origin: string | undefined) => asked("http://api.example/x", (c) => isTrustedOrigin(c, origin), { trustedOrigins: ["https://app.example"] });
  for (const [origin, expected] of [["http://api.example", true], ["https://app.example", true], ["https://evil.example", false], ["null", false], [undefined, false]] as const) assert.equal(await trusted(origin), expected, origin);
  assert.equal(await asked("http://api.example/x", (c) => isTrustedOrigin(c, undefined), { trustedOrigins: [undefined] }), false);
});
