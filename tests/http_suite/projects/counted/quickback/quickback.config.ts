import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "counted",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: "serial" }),
    auth: defineAuth("better-auth", { rateLimit: { enabled: false } }),
  },
  public: { rateLimit: 5 },
});
