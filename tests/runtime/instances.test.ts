import assert from "node:assert/strict";
import { test } from "node:test";
import { perOrigin } from "./instances";

test("what is built for an origin is built once, until too many origins have been seen", () => {
  const built: string[] = [];
  const [here, there] = [{ name: "here" }, { name: "there" }];
  const instance = perOrigin((env: { name: string }, origin) => built.push(`${env.name} ${origin}`));
  const origins = Array.from({ length: 16 }, (_, at) => `o${at}`);
  for (const round of [1, 2]) assert.deepEqual(origins.map((origin) => instance(here, origin)), Array.from({ length: 16 }, (_, at) => at + 1), `round ${round}`);
  assert.equal(instance(there, "o0"), 17);
  assert.equal(instance(here, "one more"), 18);
  assert.deepEqual([instance(here, "one more"), instance(there, "o0")], [18, 17]);
  assert.equal(instance(here, "o0"), 19);
  assert.deepEqual([built[0], built[16], built[17], built[18]], ["here o0", "there o0", "here one more", "here o0"]);
});
