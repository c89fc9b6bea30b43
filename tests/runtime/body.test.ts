import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { base64, bigintValue, checkBody, decimalText, dropUnread, isoDate, json, readBody, readJson, typed, withoutId } from "./body";
import { asked, refused } from "./support";

const MB = 1024 * 1024;
const schema = z.object({ name: z.string(), tags: z.array(z.object({ label: z.string(), size: z.int() })).optional() });
const fields = (details: Record<string, string>) => ({ fields: details });

test("a body is a JSON object with the keys of its schema", async () => {
  assert.deepEqual(checkBody({ name: "x", more: 1 }, schema), { keys: ["name", "more"], values: { name: "x" } });
  for (const odd of [null, [], "text", 5, undefined, true])
    await refused(() => checkBody(odd, schema), "VALIDATION_FAILED", fields({ $: "Expected a JSON object" }));
  for (const odd of [null, [], "text"]) await refused(() => checkBody(odd, z.any()), "VALIDATION_FAILED", fields({ $: "Expected a JSON object" }));
});

test("where the keys are known, another one is refused beside what the schema says", async () => {
  const known = new Set(["name"]);
  assert.deepEqual(checkBody({ name: "x" }, schema, known).values, { name: "x" });
  await refused(() => checkBody({ name: "x", more: 1 }, schema, known), "VALIDATION_FAILED", fields({ more: "Unknown field" }));
  const text = "Invalid input: expected string, received number";
  await refused(() => checkBody({ name: 1, more: 1 }, schema, known), "VALIDATION_FAILED", fields({ more: "Unknown field", name: text }));
});

test("an issue stands at its path, the first of each", async () => {
  const twice = z.string().min(3, "too short").regex(/^[a-z]+$/, "not letters");
  await refused(() => checkBody({ name: "1" }, z.object({ name: twice })), "VALIDATION_FAILED", fields({ name: "too short" }));
  const inner = { name: "x", tags: [{ label: "x", size: 1 }, { label: "x", size: "y" }] };
  await refused(() => checkBody(inner, schema), "VALIDATION_FAILED", fields({ "tags.1.size": "Invalid input: expected number, received string" }));
  const whole = schema.refine(() => false, "never");
  await refused(() => checkBody({ name: "x" }, whole), "VALIDATION_FAILED", fields({ $: "never" }));
});

test("the id of a PUT's body is the URL's, and goes", async () => {
  assert.deepEqual(withoutId({ id: "a", name: "x" }, "id", "a"), { name: "x" });
  assert.deepEqual(withoutId({ name: "x" }, "id", "a"), { name: "x" });
  for (const odd of [null, "text", 5]) assert.equal(withoutId(odd, "id", "a"), odd);
  await refused(() => withoutId({ id: "b" }, "id", "a"), "VALIDATION_FAILED", fields({ id: "Must equal the id in the URL" }));
  await refused(() => withoutId({ id: "1" }, "id", 1), "VALIDATION_FAILED");
});

/** A body in pieces, whose length nobody announced; says how many pieces were taken. */
function streamed(piece: string, count: number): { request: Request; taken: () => number } {
  const bytes = new TextEncoder().encode(piece);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(stream) {
        if (sent === count) return stream.close();
        sent += 1;
        stream.enqueue(bytes);
      },
    },
    { highWaterMark: 0 },
  );
  return { request: new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit), taken: () => sent };
}

const announced = (body: string, length: number): Request =>
  new Request("http://x/", { method: "POST", body, headers: { "content-length": String(length) } });

/** JSON text of so many bytes. */
const sized = (bytes: number): string => `"${"x".repeat(bytes - 2)}"`;

test("a body of an announced length is read up to a megabyte", async () => {
  assert.equal(await asked(announced('"a"', 3), readJson), "a");
  for (const [size, announcement] of [[MB, MB], [MB, 16 * MB]] as const) assert.equal(String(await asked(announced(sized(size), announcement), readJson)).length, MB - 2);
  await refused(() => asked(announced(sized(MB + 1), MB + 1), readJson), "PAYLOAD_TOO_LARGE");
  await refused(() => asked(announced("1", 16 * MB + 1), readJson), "PAYLOAD_TOO_LARGE");
  await refused(() => asked(announced("{", 1), readJson), "INVALID_JSON");
});

test("one of no announced length is counted while it comes, and dropped beyond what is drained", async () => {
  assert.deepEqual(await asked(streamed("[1]", 1).request, readJson), [1]);
  assert.equal(await asked(streamed("1", 3).request, readJson), 111);
  assert.equal(await asked(streamed("1".repeat(MB / 4), 4).request, readJson), Number.POSITIVE_INFINITY);
  const over = streamed(" ".repeat(MB / 4), 5);
  await refused(() => asked(over.request, readJson), "PAYLOAD_TOO_LARGE");
  assert.equal(over.taken(), 5);
  const endless = streamed(" ".repeat(MB), 40);
  await refused(() => asked(endless.request, readJson), "PAYLOAD_TOO_LARGE");
  assert.equal(endless.taken(), 17);
});

test("what no step read is taken in, up to what is drained", async () => {
  const left = streamed(" ".repeat(MB), 3);
  await dropUnread(left.request);
  assert.equal(left.taken(), 3);
  const endless = streamed(" ".repeat(MB), 40);
  await dropUnread(endless.request);
  assert.equal(endless.taken(), 17);
  const read = streamed("1", 1);
  await read.request.text();
  await dropUnread(read.request);
  const locked = streamed("1", 1);
  locked.request.body?.getReader();
  await dropUnread(locked.request);
  assert.equal(locked.taken(), 0);
  await dropUnread(new Request("http://x/"));
  for (const [length, used] of [[16 * MB, true], [16 * MB + 1, false]] as const) {
    const large = announced("1", length);
    await dropUnread(large);
    assert.equal(large.bodyUsed, used);
  }
});

test("a body is read and held to its schema in one step", async () => {
  assert.deepEqual(await asked(announced('{"name":"x"}', 12), (c) => readBody(c, schema)), { keys: ["name"], values: { name: "x" } });
});

test("times, decimals, whole numbers and bytes arrive as what they are", () => {
  assert.equal(isoDate.parse("2026-01-31T01:00:00+01:00").toISOString(), "2026-01-31T00:00:00.000Z");
  assert.equal(isoDate.safeParse("31.1.2026").success, false);
  assert.deepEqual([decimalText.parse("-1.50"), decimalText.parse(2.5)], ["-1.50", "2.5"]);
  assert.equal(decimalText.safeParse("1e3").success, false);
  assert.deepEqual([bigintValue.parse("-12345678901234567890"), bigintValue.parse(3)], [-12345678901234567890n, 3n]);
  assert.equal(bigintValue.safeParse("1.5").success, false);
  assert.deepEqual(base64.parse("AQL/"), Uint8Array.of(1, 2, 255));
  assert.equal(typed<"a">(z.string()).parse("a"), "a");
});

test("JSON is anything but nothing, sixty-four levels deep at most", () => {
  const accepted = (value: unknown) => json().safeParse(value).success;
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 0);
  for (const value of [0, "", false, {}, [], { a: null }, [1, null], nested(64)]) assert.equal(accepted(value), true, JSON.stringify(value));
  for (const value of [null, undefined, nested(65), [1, nested(64)], { a: 1, b: nested(64) }]) assert.equal(accepted(value), false);
});
