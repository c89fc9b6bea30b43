// Which web origins may use a caller's cookies.
import type { Context } from "hono";
import type { AppEnv } from "./app-env";

export function isTrustedOrigin(c: Context<AppEnv>, origin: string | undefined): boolean {
  if (origin === undefined) return false;
  return origin === new URL(c.req.url).origin || c.var.settings.trustedOrigins.includes(origin);
}
