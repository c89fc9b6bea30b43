// A caller by API key: its owner, in the organization that the key was made for, with the membership as it is now.
import { API_KEY_ERROR_CODES } from "@better-auth/api-key";
import type { Context, MiddlewareHandler } from "hono";
import { createAuth } from "../auth/auth";
import { type Identity, readKeyIdentity } from "../auth/identity";
import type { AppEnv } from "./app-env";
import { authExpired, authInvalidToken, rateLimited } from "./errors";

/** Whoever sends a key is its owner or nobody: a key that is not good is refused, whatever else is sent with it. */
export const apiKeys: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header("X-Api-Key");
  if (key !== undefined) {
    const found = readKey(c, key).then((identity) => ({ ctx: identity.ctx, identity }));
    // Refused where somebody asks for the caller; a path that is not there stays 404.
    found.catch(() => undefined);
    c.set("caller", found);
  }
  await next();
};

async function readKey(c: Context<AppEnv>, key: string): Promise<Identity> {
  const result = await createAuth(c.env, c.req.url).api.verifyApiKey({ body: { key } });
  if (!result.key) throw refusalOf(result.error?.code);
  const identity = await readKeyIdentity(c.env, result.key.id);
  if (!identity) throw authInvalidToken();
  return identity;
}

function refusalOf(code: unknown) {
  const { KEY_EXPIRED, USAGE_EXCEEDED } = API_KEY_ERROR_CODES;
  if (code === KEY_EXPIRED.code) return authExpired();
  return code === "RATE_LIMITED" || code === USAGE_EXCEEDED.code ? rateLimited() : authInvalidToken();
}
