import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "closed",
  template: "hono",
  features: ["organizations"],
  email: { from: "noreply@example.com" },
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { vars: { AWS_SES_REGION: "us-east-2" } }),
    auth: defineAuth("better-auth", {
      emailAndPassword: { enabled: true, disableSignUp: true },
      plugins: {
        emailOtp: {},
        magicLink: {},
        upgradeAnonymous: { emailConfigured: true, requireEmailVerification: false },
      },
    }),
  },
});
