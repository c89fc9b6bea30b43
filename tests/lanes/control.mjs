// What both runners share: migrations, the line protocol with the Python side, and a clean end.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const LEDGER =
  "CREATE TABLE IF NOT EXISTS d1_migrations(" +
  "id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";

/** Applies the files that are not in the ledger yet, each as one transaction, as `wrangler d1 migrations apply` does. */
export async function migrate(database, folder) {
  if (!folder || !existsSync(folder)) return;
  await database.prepare(LEDGER).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map(({ name }) => name));
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql") && !applied.has(name));
  for (const name of files.sort()) {
    const statements = readFileSync(join(folder, name), "utf8").split("--> statement-breakpoint");
    const record = database.prepare("INSERT INTO d1_migrations(name) VALUES (?1)").bind(name);
    await database.batch([...statements.map((sql) => database.prepare(sql.trim())), record]);
  }
}

const realFetch = globalThis.fetch;

/** Sends what a Worker fetches to the one origin that stands for all others, which is told the real URL. */
export async function divert(request, origin) {
  const headers = new Headers(request.headers);
  headers.set("x-outbound-url", request.url);
  return realFetch(origin, { method: request.method, headers, body: await request.text() });
}

export function say(message) {
  process.stdout.write(`@lane ${JSON.stringify(message)}\n`);
}

// JSON has no bytes, no undefined and no bigint: {"$": "bytes", "value": [1, 2]} and so on.
function parameter(value) {
  if (value === null || typeof value !== "object" || !("$" in value)) return value;
  if (value.$ === "bytes") return Uint8Array.from(value.value);
  return value.$ === "bigint" ? BigInt(value.value) : undefined;
}

async function answer(databases, { binding, call, statements, argument }) {
  const database = databases[binding];
  if (!database) throw new Error(`no D1 binding ${binding}`);
  if (call === "exec") return database.exec(statements[0].sql);
  if (call === "trace") {
    const ran = database.trace ?? [];
    database.trace = [];
    return ran;
  }
  const prepared = statements.map(({ sql, parameters }) => {
    const statement = database.prepare(sql);
    return parameters.length ? statement.bind(...parameters.map(parameter)) : statement;
  });
  if (call === "batch") return database.batch(prepared);
  return argument === null ? prepared[0][call]() : prepared[0][call](argument);
}

/** Answers SQL requests from stdin. The end of stdin means that the parent is gone, so `stop` runs then, too. */
export function serve(databases, stop) {
  let stopping = false;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    await stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, end);
  createInterface({ input: process.stdin })
    .on("line", async (line) => {
      const request = JSON.parse(line);
      try {
        say({ id: request.id, value: (await answer(databases, request)) ?? null });
      } catch (error) {
        say({ id: request.id, error: error.message, cause: error.cause?.message ?? null });
      }
    })
    .on("close", end);
}
