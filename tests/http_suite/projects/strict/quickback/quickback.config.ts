import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "strict",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1"),
    auth: defineAuth("better-auth", { rateLimit: { enabled: false }, plugins: ["admin", "apiKey"] }),
  },
  auth: { jwt: { revocation: "strict", expiresInMinutes: 5 } },
});
