import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "ledger",
  template: "hono",
  features: [],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: "uuid" }),
    auth: defineAuth("better-auth", { rateLimit: { enabled: false } }),
  },
});
