import assert from "node:assert/strict";
import { test } from "node:test";
import { ANONYMOUS, type Ctx } from "./context";
import * as masks from "./masks";

const member: Ctx = { ...ANONYMOUS, authenticated: true, userId: "u1", roles: ["member"] };

const CASES: [string, (value: unknown) => string, unknown, string][] = [
  ["email", masks.maskEmail, "ann@mail.shop.example", "a**@m********.example"],
  ["email", masks.maskEmail, "a@b.co", "a*@b*.co"],
  ["email", masks.maskEmail, "é@b.co", "é*@b*.co"],
  ["email", masks.maskEmail, "a@b@c.co", masks.REDACTED],
  ["email", masks.maskEmail, "a@b", masks.REDACTED],
  ["email", masks.maskEmail, "@b.co", masks.REDACTED],
  ["email", masks.maskEmail, "a@.co", masks.REDACTED],
  ["email", masks.maskEmail, "a@b.", masks.REDACTED],
  ["email", masks.maskEmail, "", masks.REDACTED],
  ["phone", masks.maskPhone, "+1 (555) 010-9999", "*******9999"],
  ["phone", masks.maskPhone, 5550109999, "******9999"],
  ["email", masks.maskEmail, "a@b.co@", masks.REDACTED],
  ["phone", masks.maskPhone, "1234567", masks.REDACTED],
  ["phone", masks.maskPhone, "12345678", "****5678"],
  ["phone", masks.maskPhone, new Date("2026-01-31T00:00:00Z"), "*************0000"],
  ["ssn", masks.maskSsn, "123-45-6789", "*****6789"],
  ["creditCard", masks.maskCreditCard, "4111111111111111", "**** **** **** 1111"],
  ["creditCard", masks.maskCreditCard, "378282246310005", "**** **** ***0 005"],
  ["creditCard", masks.maskCreditCard, "41", masks.REDACTED],
  ["name", masks.maskName, "Ada King X", "A** K*** *"],
  ["name", masks.maskName, "Ada  King", "A**  K***"],
  ["name", masks.maskName, "𝒜da", "𝒜**"],
  ["name", masks.maskName, "", ""],
  ["name", masks.maskName, "Al", "A*"],
  ["name", masks.maskName, { a: 1 }, "{******"],
  ["name", masks.maskName, 12, "1*"],
  ["redact", masks.redact, { deep: [1] }, masks.REDACTED],
];

for (const [kind, hide, value, expected] of CASES)
  test(`${kind} shows ${JSON.stringify(value)} as ${expected}`, () => assert.equal(hide(value), expected));

const resource = (hide: (value: unknown) => string, more: object = {}): masks.Masked => ({
  masks: new Map([["x", { hide, roles: ["admin"], ...more }]]),
  ownerColumn: "ownerId",
});
const seen = (from: masks.Masked, ctx: Ctx, row: Record<string, unknown>): unknown => masks.maskedValue(from, ctx, row, "x");

test("R5: a mask that throws or answers with no text redacts", () => {
  const throws = () => {
    throw new Error("broken");
  };
  assert.equal(seen(resource(throws), member, { x: "secret" }), masks.REDACTED);
  const odd = masks.customMask<string>(((value: string) => ({ value })) as unknown as (value: string) => string);
  assert.equal(seen(resource(odd), member, { x: "secret" }), masks.REDACTED);
});

test("R6: a missing owner or caller never equals another missing one", () => {
  const owned = resource(masks.redact, { owner: true });
  for (const ownerId of [null, undefined]) {
    assert.equal(seen(owned, ANONYMOUS, { x: "secret", ownerId }), masks.REDACTED);
    assert.equal(seen(owned, member, { x: "secret", ownerId }), masks.REDACTED);
  }
  assert.equal(seen(owned, member, { x: "secret", ownerId: "u1" }), "secret");
  assert.equal(seen({ ...owned, ownerColumn: null }, member, { x: "secret", null: "u1" }), masks.REDACTED);
});

test("null stays null and a role of the mask sees the value", () => {
  assert.equal(seen(resource(masks.redact), member, { x: null }), null);
  assert.equal(seen(resource(masks.redact), member, {}), null);
  assert.equal(seen(resource(masks.redact), { ...member, roles: ["member", "admin"] }, { x: "secret" }), "secret");
});

test("a column without a mask is shown as JSON carries it", () => {
  const from = resource(masks.redact);
  assert.equal(masks.maskedValue(from, member, { y: 12n }, "y"), "12");
  assert.equal(masks.maskedValue(from, member, {}, "y"), null);
  assert.equal(seen(from, { ...member, roles: ["admin"] }, { x: 12n }), "12");
  assert.deepEqual([masks.plainByRole(undefined, ANONYMOUS), masks.plainByRole(from.masks.get("x"), member)], [true, false]);
});
