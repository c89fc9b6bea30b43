import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { addressKey, limitPublic } from "./rate-limit";
import { asked, refused } from "./support";

const MINUTE = 60_000;

/** One call from an address, where three a minute are allowed. */
const call = (address: string): Promise<void> => asked(new Request("http://x/", { headers: { "cf-connecting-ip": address } }), (c) => limitPublic(c));
const calls = async (count: number, address: string): Promise<void> => {
  for (let made = 0; made < count; made++) await call(address);
};

mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
beforeEach(() => mock.timers.tick(10 * MINUTE));

// First, while nobody is remembered.
test("ten thousand addresses are remembered; one more, and all are forgotten", async () => {
  await calls(3, "known");
  for (let made = 0; made < 2 * 9_999; made++) await call(`address ${made % 9_999}`);
  await refused(() => call("known"), "RATE_LIMITED");
  await call("one more");
  await calls(3, "known");
});

test("each address has its calls a minute, from its first call on", async () => {
  await calls(3, "198.51.100.1");
  await calls(3, "198.51.100.2");
  await refused(() => call("198.51.100.1"), "RATE_LIMITED");
  mock.timers.tick(MINUTE - 1);
  await refused(() => call("198.51.100.1"), "RATE_LIMITED");
  mock.timers.tick(1);
  await calls(3, "198.51.100.1");
  await refused(() => call("198.51.100.1"), "RATE_LIMITED");
});

test("where the platform has a limiter, it decides", async () => {
  for (const success of [true, false]) {
    const keys: string[] = [];
    const limiter = { limit: async ({ key }: { key: string }) => ({ success: keys.push(key) > 0 && success }) };
    const limited = () =>
      asked(new Request("http://x/", { headers: { "cf-connecting-ip": "2001:db8::1" } }), (c) => {
        Object.assign(c.env, { PUBLIC_RATE_LIMIT: limiter });
        return limitPublic(c);
      });
    for (let made = 0; made < 5; made++) if (success) await limited();
    if (!success) await refused(limited, "RATE_LIMITED");
    assert.ok(keys.length > 0 && keys.every((key) => key === "2001:db8:0:0"));
  }
});

test("every spelling of an IPv6 network is one key", () => {
  assert.equal(addressKey("1:2:3:4::"), "1:2:3:4");
  assert.equal(addressKey("1:2:3:4:5:6:7:8"), "1:2:3:4");
  assert.equal(addressKey("1:2::"), "1:2:0:0");
  assert.equal(addressKey("::"), "0:0:0:0");
  assert.equal(addressKey("1::5:6:7:8:9"), "1:0:0:5");
  assert.equal(addressKey("001:0:3:4:5:6:7:8"), "1:0:3:4");
  assert.equal(addressKey("1:2:3"), "1:2:3");
  assert.equal(addressKey("name"), "name");
});
