import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "confirmed",
  template: "hono",
  features: ["organizations"],
  email: { provider: "aws-ses", from: "noreply@example.com" },
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { vars: { AWS_SES_REGION: "us-east-2" } }),
    auth: defineAuth("better-auth", {
      emailAndPassword: {
        enabled: true,
        requireEmailVerification: true,
        autoSignIn: false,
        minPasswordLength: 12,
        maxPasswordLength: 64,
      },
      plugins: { emailOtp: {}, upgradeAnonymous: { emailConfigured: true, requireEmailVerification: true } },
    }),
  },
});
