// Runs a Workers bundle in Node: `node node_runner.mjs <config JSON>`. Bindings come from the project's wrangler.toml.
import { Console } from "node:console";
import { createServer } from "node:http";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { divert, migrate, say, serve } from "./control.mjs";
import { D1Database } from "./d1.mjs";

const CLOUDFLARE_MODULE =
  "data:text/javascript,export const env = {}; export class DurableObject { constructor(ctx, env) { this.ctx = ctx; this.env = env } };" +
  "export const waitUntil = (promise) => globalThis.waitUntil(promise); export class WorkerEntrypoint {}; export class WorkflowEntrypoint {}";

class RateLimit {
  #windows = new Map();

  constructor({ limit, period }) {
    this.allowed = limit;
    this.period = period * 1000;
  }

  async limit({ key }) {
    const start = Math.floor(Date.now() / this.period);
    const window = this.#windows.get(key);
    const count = window?.start === start ? window.count + 1 : 1;
    this.#windows.set(key, { start, count });
    return { success: count <= this.allowed };
  }
}

function toRequest(incoming) {
  const headers = new Headers();
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at], incoming.rawHeaders[at + 1]);
  }
  const bodied = incoming.method !== "GET" && incoming.method !== "HEAD";
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method, headers, body: bodied ? Readable.toWeb(incoming) : undefined, duplex: "half", redirect: "manual",
  });
}

async function respond(response, outgoing) {
  const headers = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length) headers["set-cookie"] = cookies;
  outgoing.writeHead(response.status, headers);
  if (response.body) await pipeline(Readable.fromWeb(response.body), outgoing);
  else outgoing.end();
}

async function handle(worker, env, pending, incoming, outgoing) {
  const context = { waitUntil: (promise) => pending.add(promise), passThroughOnException() {}, props: {} };
  try {
    await respond(await worker.fetch(toRequest(incoming), env, context), outgoing);
  } catch (error) {
    console.error(error);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

const config = JSON.parse(process.argv[2]);
globalThis.console = new Console(process.stderr, process.stderr);
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith("cloudflare:") ? { url: CLOUDFLARE_MODULE, shortCircuit: true } : next(specifier, context),
});

const databases = {};
for (const { binding, migrations } of config.databases) {
  databases[binding] = new D1Database(config.persist ? join(config.persist, `${binding}.sqlite`) : ":memory:");
  await migrate(databases[binding], migrations);
}
const limits = Object.fromEntries(config.rateLimits.map((limit) => [limit.binding, new RateLimit(limit)]));
const env = { ...config.vars, ...databases, ...limits };
const worker = config.script ? (await import(pathToFileURL(config.script))).default : { fetch: () => new Response("no worker") };
const pending = new Set();
globalThis.waitUntil = (promise) => pending.add(promise);
if (config.outbound) globalThis.fetch = (input, init) => divert(new Request(input, init), config.outbound);
const server = createServer((incoming, outgoing) => handle(worker, env, pending, incoming, outgoing));
server.listen(config.port, "127.0.0.1", () => say({ ready: server.address().port }));

serve(databases, async () => {
  server.close();
  server.closeAllConnections();
  await Promise.allSettled(pending);
  for (const database of Object.values(databases)) database.close();
});
