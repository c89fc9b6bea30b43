import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "clinic",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: "cuid" }),
    auth: defineAuth("better-auth", { teams: true, session: { expiresInDays: 1 }, trustedOrigins: ["https://clinic.example.com"] }),
  },
  auth: { roleHierarchy: ["member", "receptionist", "doctor", "admin", "owner"], roles: ["billing"] },
});
