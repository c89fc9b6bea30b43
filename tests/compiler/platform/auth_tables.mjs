// Prints the tables of the installed Better Auth for each plugin: what the compiler's data file must say.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.argv[2]}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { getAuthTables } = await load("better-auth/db");
const plugins = await load("better-auth/plugins");
const { apiKey } = await load("@better-auth/api-key");
const { passkey } = await load("@better-auth/passkey");

const PLUGINS = {
  organization: () => [plugins.organization()],
  teams: () => [plugins.organization({ teams: { enabled: true } })],
  admin: () => [plugins.admin()],
  anonymous: () => [plugins.anonymous()],
  apiKey: () => [apiKey()],
  bearer: () => [plugins.bearer()],
  deviceAuthorization: () => [plugins.deviceAuthorization()],
  passkey: () => [passkey()],
  twoFactor: () => [plugins.twoFactor()],
  username: () => [plugins.username()],
};

function value(given) {
  return typeof given === "function" ? "now" : given;
}

function field({ type, required, unique, index, references, defaultValue, bigint }) {
  return {
    type,
    required: required ?? true,
    ...(unique && { unique }),
    ...(index && { index }),
    ...(bigint && { bigint }),
    ...(references && { references: { model: references.model, onDelete: references.onDelete ?? "cascade" } }),
    ...(defaultValue !== undefined && { default: value(defaultValue) }),
  };
}

function tables(options) {
  const found = {};
  for (const [name, { fields, indexes }] of Object.entries(getAuthTables(options))) {
    found[name] = {
      fields: Object.fromEntries(Object.entries(fields).map(([key, given]) => [key, field(given)])),
      indexes: (indexes ?? []).map((index) => ({ fields: index.fields, unique: index.unique ?? false })),
    };
  }
  return found;
}

const base = tables({ rateLimit: { storage: "database" } });
const sets = Object.fromEntries(Object.entries(PLUGINS).map(([name, make]) => [name, tables({ plugins: make() })]));
console.log(JSON.stringify({ base, sets }));
