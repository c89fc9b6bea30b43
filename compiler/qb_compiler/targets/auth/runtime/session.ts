// A caller by session: a bearer token or the cookie, whose signature is checked before the database is asked.
import { getCryptoKey } from "better-auth/crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { type Auth, createAuth } from "../auth/auth";
import { type Identity, readIdentity } from "../auth/identity";
import type { AppEnv } from "./app-env";
import { originNotTrusted, unsupportedMediaType } from "./errors";
import { isTrustedOrigin } from "./origins";

type AppContext = Context<AppEnv>;
type Credential = { readonly token: string; readonly fromCookie: boolean };

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** The bearer token of the request. */
export const bearerOf = (c: AppContext): string | undefined =>
  /^bearer +(\S+) *$/i.exec(c.req.header("Authorization") ?? "")?.[1];

/** The session of the request, the explicit credential first; null when there is none that is alive. */
export async function readSession(c: AppContext): Promise<Identity | null> {
  const auth = createAuth(c.env, c.req.url);
  for (const credential of await credentials(c, auth)) {
    const identity = await readIdentity(c.env, credential.token);
    if (!identity || !isAlive(identity)) continue;
    if (credential.fromCookie) requireTrustedWrite(c);
    await refresh(c, auth, identity, credential);
    return identity;
  }
  return null;
}

/** Whether what the caller was read from has not expired. */
export const isAlive = ({ expiresAt }: Identity): boolean => expiresAt === null || expiresAt.getTime() > Date.now();

async function credentials(c: AppContext, auth: Auth): Promise<Credential[]> {
  const { authCookies, secret } = await auth.$context;
  const bearer = bearerOf(c);
  const cookie = getCookie(c, authCookies.sessionToken.name);
  const found = [
    { token: bearer === undefined ? null : await bearerToken(bearer, secret), fromCookie: false },
    { token: cookie === undefined ? null : await verified(cookie, secret), fromCookie: true },
  ];
  return found.flatMap(({ token, fromCookie }) => (token === null ? [] : [{ token, fromCookie }]));
}

/** A bearer token is the session token itself, or the signed form that sign-in sends in `set-auth-token`. */
async function bearerToken(value: string, secret: string): Promise<string | null> {
  if (!value.includes(".")) return value;
  return verified(value.includes("%") ? decoded(value) : value, secret);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const keys = new Map<string, Promise<CryptoKey>>();

/** The value of a signed cookie, or null: HMAC-SHA256 in base64 after the last dot, as Better Auth signs. */
async function verified(signed: string, secret: string): Promise<string | null> {
  const dot = signed.lastIndexOf(".");
  const signature = bytes(signed.slice(dot + 1));
  if (dot < 1 || signature?.length !== 32) return null;
  const key = keys.get(secret) ?? getCryptoKey(secret);
  keys.set(secret, key);
  const value = signed.slice(0, dot);
  const valid = await crypto.subtle.verify("HMAC", await key, signature, new TextEncoder().encode(value));
  return valid ? value : null;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** A browser attaches cookies by itself, so a write with one must come from a page that we trust. */
function requireTrustedWrite(c: AppContext): void {
  if (READS.has(c.req.method)) return;
  if (!isTrustedOrigin(c, c.req.header("Origin"))) throw originNotTrusted();
  const type = c.req.header("Content-Type");
  const bodied = c.req.method !== "DELETE" && c.req.header("Content-Length") !== "0";
  if ((bodied || type !== undefined) && !/^application\/json *(;|$)/i.test(type ?? "")) throw unsupportedMediaType();
}

/** Lets Better Auth extend a session that is due, and passes its cookies on. */
async function refresh(c: AppContext, auth: Auth, { expiresAt }: Identity, { fromCookie }: Credential): Promise<void> {
  const { sessionConfig, authCookies } = await auth.$context;
  const due = (expiresAt?.getTime() ?? 0) - (sessionConfig.expiresIn - sessionConfig.updateAge) * 1000;
  if (due > Date.now() || getCookie(c, authCookies.dontRememberToken.name) !== undefined) return;
  const headers = new Headers(c.req.raw.headers);
  // Better Auth takes any bearer token for the session, and would end the cookie for one that is nobody's.
  if (fromCookie) headers.delete("Authorization");
  const response = await auth.api.getSession({ headers, asResponse: true });
  for (const cookie of response.headers.getSetCookie()) c.header("Set-Cookie", cookie, { append: true });
}
