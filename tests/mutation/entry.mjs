// The Worker of a run with weakenings, over `index.js`, which holds all of them. `/__keep` remembers the databases;
// `/__switch?to=7` puts them back and, for another number, loads the script anew with that weakening on.
import { backup, DatabaseSync } from "node:sqlite";

const ALL_PAGES = { rate: 100_000 };
const PATIENCE = 2000;
const { persist, databases } = JSON.parse(process.argv[2]);
const files = databases.map(({ binding }) => `${persist}/${binding}.sqlite`);
const reached = new Set();
const pending = new Set();
let active = Number(process.env.MUTANT);
let loaded = 0;
let worker;
let bound;

globalThis.$m = (number) => {
  reached.add(number);
  return number === active;
};
// As in workerd, where a promise that nobody waits for ends no process.
process.on("unhandledRejection", (error) => console.error(error));

async function load() {
  loaded += 1;
  worker = (await import(`./index.js?${loaded}`)).default;
}

function taken() {
  const numbers = [...reached];
  reached.clear();
  return Response.json(numbers);
}

async function copied(from, to) {
  const source = new DatabaseSync(from);
  await backup(source, to, ALL_PAGES);
  source.close();
}

/** The bindings, with limits that have counted nothing yet. */
function fresh(env) {
  const counting = Object.entries(env).filter(([, binding]) => typeof binding.limit === "function");
  const anew = counting.map(([name, { constructor, allowed, period }]) => [name, new constructor({ limit: allowed, period: period / 1000 })]);
  return { ...env, ...Object.fromEntries(anew) };
}

async function switched(to, env) {
  await Promise.race([Promise.allSettled(pending), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  pending.clear();
  for (const file of files) await copied(`${file}.kept`, file);
  bound = fresh(env);
  if (to === active) return;
  active = to;
  await load();
}

await load();

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/__keep") for (const file of files) await copied(file, `${file}.kept`);
    if (pathname === "/__switch") await switched(Number(searchParams.get("to")), env);
    if (pathname.startsWith("/__")) return taken();
    const waitUntil = (promise) => {
      pending.add(promise);
      context.waitUntil(promise);
    };
    bound ??= fresh(env);
    return worker.fetch(request, bound, { ...context, waitUntil });
  },
};
