import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "passwordless",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { vars: { ACCOUNT_URL: "https://account.example.com/app" } }),
    auth: defineAuth("better-auth", {
      plugins: ["admin", "passkey"],
      rateLimit: { customRules: { "/passkey/authenticate/options": { window: 60, max: 4 } } },
    }),
  },
});
