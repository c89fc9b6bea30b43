// Runs a Workers bundle in workerd through miniflare: `node workerd_runner.mjs <config JSON>`. Bindings come from wrangler.toml.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { divert, migrate, say, serve } from "./control.mjs";

const config = JSON.parse(process.argv[2]);
const { Miniflare, Response: WorkerResponse } = await import(pathToFileURL(createRequire(`${config.modules}/`).resolve("miniflare")));
const code = config.script
  ? { modules: [{ type: "ESModule", path: config.script }], modulesRoot: dirname(config.script) }
  : { modules: true, script: "export default { fetch: () => new Response('no worker') }" };

async function outboundService(request) {
  const response = await divert(request, config.outbound);
  return new WorkerResponse(await response.text(), { status: response.status });
}

const miniflare = new Miniflare({
  ...code,
  ...(config.outbound && { outboundService }),
  host: "127.0.0.1",
  port: config.port,
  cf: false,
  telemetry: { enabled: false },
  compatibilityDate: config.compatibilityDate,
  compatibilityFlags: config.compatibilityFlags,
  bindings: config.vars,
  d1Databases: Object.fromEntries(config.databases.map(({ binding }) => [binding, `${binding}-local`])),
  d1Persist: config.persist ?? false,
  ratelimits: Object.fromEntries(
    config.rateLimits.map(({ binding, limit, period }, index) => [
      binding, { namespace_id: String(1001 + index), simple: { limit, period } },
    ]),
  ),
  handleRuntimeStdio: (stdout, stderr) => [stdout, stderr].forEach((stream) => stream.pipe(process.stderr)),
});
const url = await miniflare.ready;
const databases = {};
for (const { binding, migrations } of config.databases) {
  databases[binding] = await miniflare.getD1Database(binding);
  await migrate(databases[binding], migrations);
}
serve(databases, () => miniflare.dispose());
say({ ready: Number(url.port) });
