import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "hiring",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1"),
    auth: defineAuth("better-auth", {
      trustedOrigins: ["https://app.example.com"],
      rateLimit: { enabled: false },
    }),
  },
  auth: { roleHierarchy: ["interviewer", "recruiter", "hiring-manager"] },
  public: { rateLimit: 1000 },
});
