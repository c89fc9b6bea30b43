import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

// Every option of the config that shows over HTTP and that other projects leave as it is.
export default defineConfig({
  name: "tuned",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare", { compatibilityDate: "2026-05-01", observability: { enabled: true } }),
    database: defineDatabase("cloudflare-d1", {
      generateId: "prefixed",
      namingConvention: "camelCase",
      usePlurals: true,
      splitDatabases: true,
      authBinding: "PEOPLE",
      featuresBinding: "ROWS",
      auditBinding: "TRAIL",
      vars: { GREETING: "hello" },
    }),
    auth: defineAuth("better-auth", {
      session: { expiresInDays: 2, updateAgeInDays: 1 },
      rateLimit: { enabled: false },
    }),
  },
  openapi: { generate: true, publish: false },
  schemaRegistry: { generate: false },
  compiler: { features: { auditFields: false } },
});
