import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "purse",
  template: "hono",
  features: [],
  providers: {
    runtime: defineRuntime("cloudflare", { observability: { enabled: true } }),
    database: defineDatabase("cloudflare-d1", { generateId: "serial", vars: { CURRENCY: "EUR" } }),
    auth: defineAuth("better-auth", { rateLimit: { customRules: { "/sign-in/email": { window: 60, max: 20 } } } }),
  },
  openapi: { generate: true, publish: false },
  etag: { enabled: false },
});
