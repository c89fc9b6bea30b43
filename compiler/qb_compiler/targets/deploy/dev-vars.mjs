// Makes `.dev.vars` with a random secret when there is none, so that the first `npm run dev` just works.
import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";

const file = new URL("../.dev.vars", import.meta.url);
if (!existsSync(file)) {
  writeFileSync(file, `BETTER_AUTH_SECRET=${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  console.log("Created .dev.vars with a random BETTER_AUTH_SECRET. Keep it out of version control.");
}
