import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCreate, checkUpdate, type Guards } from "./guards";
import { cuid, nanoid, prefixedId, uuid } from "./ids";
import { addressKey } from "./rate-limit";
import { instant } from "./values";

test("ids have their form and never repeat", () => {
  const makers: [() => string, RegExp][] = [
    [uuid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    [() => prefixedId("cnd"), /^cnd_[0-9a-f]{32}$/],
    [cuid, /^[a-z][0-9a-z]{23}$/],
    [nanoid, /^[\w-]{21}$/],
  ];
  for (const [make, form] of makers) {
    const made = Array.from({ length: 2000 }, make);
    assert.equal(new Set(made).size, made.length);
    for (const id of made) assert.match(id, form);
  }
});

test("every character of an alphabet is about as likely as any other", () => {
  const counts = new Map<string, number>();
  for (let made = 0; made < 4000; made++) for (const letter of nanoid()) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const expected = (4000 * 21) / 64;
  assert.equal(counts.size, 64);
  for (const count of counts.values()) assert.ok(Math.abs(count - expected) < expected * 0.25);
});

test("bytes beyond the last whole multiple of an alphabet are thrown away, and no id is longer for it", (context) => {
  let next = 0;
  context.mock.method(crypto, "getRandomValues", (bytes: Uint8Array) => bytes.map(() => [252, 255, 37][next++ % 3] ?? 0));
  assert.equal(cuid().slice(1), "1".repeat(23));
});

test("callers of one IPv6 network share a key, others do not", () => {
  assert.equal(addressKey("203.0.113.7"), "203.0.113.7");
  assert.equal(addressKey("2001:db8:0:1::1"), addressKey("2001:0db8::1:ffff:0:0:2"));
  assert.notEqual(addressKey("2001:db8:0:1::1"), addressKey("2001:db8:0:2::1"));
  assert.equal(addressKey("::ffff:203.0.113.7"), "203.0.113.7");
  assert.equal(addressKey("::1"), "0:0:0:0");
  assert.equal(addressKey(undefined), addressKey(""));
});

test("a time is an ISO date, or a date and time with offset, that exists", () => {
  const midnight = Date.UTC(2026, 0, 31);
  for (const text of ["2026-01-31", "2026-01-31T00:00:00Z", "2026-01-31T01:00+01:00", "2026-01-30T23:00:00.000-01:00"])
    assert.equal(instant(text), midnight, text);
  for (const text of ["2026-02-30", "2026-13-01", "2026-01-31T00:00:00", "31.1.2026", "", "now", "2026-01-31T25:00:00Z"])
    assert.equal(instant(text), null, text);
  assert.equal(instant(new Date(NaN)), null);
});

test("R12: what is the server's is refused before anything else", () => {
  const guards: Guards = {
    system: new Set(["id"]),
    createable: new Set(["a", "id"]),
    updatable: new Set(["a", "id"]),
    immutable: new Set(["b"]),
    protected: new Map([["c", ["x"]]]),
  };
  const code = (check: typeof checkCreate, ...keys: string[]): string => {
    try {
      check(guards, { keys, values: {} });
      return "ok";
    } catch (error) {
      return String(Reflect.get(Object(error), "code"));
    }
  };
  assert.equal(code(checkCreate, "a", "b"), "ok");
  assert.equal(code(checkUpdate, "a"), "ok");
  assert.equal(code(checkCreate, "zz", "c", "id"), "GUARD_SYSTEM_MANAGED");
  assert.equal(code(checkCreate, "zz", "c"), "GUARD_FIELD_PROTECTED");
  assert.equal(code(checkUpdate, "zz", "c", "b"), "GUARD_FIELD_IMMUTABLE");
  for (const key of ["__proto__", "constructor", "toString"]) assert.equal(code(checkUpdate, key), "GUARD_FIELD_NOT_UPDATABLE");
});
