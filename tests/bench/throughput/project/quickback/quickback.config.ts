import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "throughput",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: "uuid" }),
    auth: defineAuth("better-auth", { rateLimit: { enabled: false } }),
  },
  etag: { enabled: false },
});
