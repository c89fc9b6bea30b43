// What sign-in needs mail for refuses while the Worker cannot send any, and anybody may ask whether it can.
import { createAuthEndpoint } from "better-auth/api";
import type { Context } from "hono";
import type { Env } from "../env";
import type { AppEnv } from "./app-env";
import { requirement } from "./auth-requirements";
import { missingMail } from "./mail";

const MAILING = [
  "/email-otp/",
  "/forget-password/",
  "/request-password-reset",
  "/send-verification-email",
  "/sign-in/magic-link",
];

/** The Better Auth plugin. `signUp`: whether an account is of no use before its address is confirmed. */
export function mailService(env: Env, { signUp }: { readonly signUp: boolean }) {
  const missing = missingMail(env);
  const paths = signUp ? [...MAILING, "/sign-up/"] : MAILING;
  return {
    id: "mail-service" as const,
    endpoints: {
      mailStatus: createAuthEndpoint("/ses/status", { method: "GET" }, async (ctx) =>
        ctx.json({ emailConfigured: missing.length === 0, provider: "aws-ses" }),
      ),
    },
    hooks: { before: [requirement(missing, (path) => paths.some((start) => path.startsWith(start)))] },
    rateLimit: [{ pathMatcher: (path: string) => path === "/organization/invite-member", window: 60, max: 10 }],
  };
}

/** `GET /api/v1/system/email-status`. */
export const mailStatus = (c: Context<AppEnv>): Response =>
  c.json({ emailConfigured: missingMail(c.env).length === 0 });
