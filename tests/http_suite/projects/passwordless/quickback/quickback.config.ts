import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "passwordless",
  template: "hono",
  features: ["organizations"],
  email: { from: "noreply@example.com", fromName: "Café, \"5\" <o'clock> — 茶とビスケット" },
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", {
      vars: {
        ACCOUNT_URL: "https://account.example.com/app",
        APP_URL: "https://account.example.com",
        APP_NAME: "Tea & Biscuits",
        AWS_SES_REGION: "us-east-2",
        EMAIL_REPLY_TO: "help@example.com",
      },
    }),
    auth: defineAuth("better-auth", {
      plugins: ["admin", "apiKey", "deviceAuthorization", "emailOtp", "magicLink", "passkey", "twoFactor"],
      trustedOrigins: ["https://account.example.com"],
      rateLimit: { customRules: { "/passkey/authenticate/options": { window: 60, max: 4 } } },
    }),
  },
});
