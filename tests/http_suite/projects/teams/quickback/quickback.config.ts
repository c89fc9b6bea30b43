import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "teams",
  template: "hono",
  features: ["organizations"],
  email: { from: "noreply@example.com" },
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: "cuid", vars: { AWS_SES_REGION: "us-east-2" } }),
    auth: defineAuth("better-auth", { rateLimit: { enabled: false }, teams: true }),
  },
});
