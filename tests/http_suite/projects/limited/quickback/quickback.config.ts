import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "limited",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: "nanoid" }),
    auth: defineAuth("better-auth", { rateLimit: { enabled: false } }),
  },
  public: { rateLimit: 5 },
});
