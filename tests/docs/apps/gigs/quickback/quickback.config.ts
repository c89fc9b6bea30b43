import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "gigs",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare", { routes: ["api.gigs.example/*"] }),
    database: defineDatabase("cloudflare-d1", { generateId: "nanoid" }),
    auth: defineAuth("better-auth", { plugins: ["admin"] }),
  },
  trustedOrigins: ["https://gigs.example"],
  public: { rateLimit: 40 },
});
