// JWTs: who is calling, signed, and good for some minutes without asking the database.
import { sign, verify } from "hono/jwt";
import { z } from "zod";
import type { Identity } from "../auth/identity";
import type { SignedIn } from "./context";
import { misconfigured } from "./errors";

const HEADER = { alg: "HS256", typ: "JWT" } as const;

/** This API at one origin: who issues tokens, and for whom. */
export type Issuer = { readonly secret: string | undefined; readonly origin: string };

const claimsSchema = z.object({
  sub: z.string(),
  /** The session that the token was minted from, or the API key. */
  sid: z.string().optional(),
  keyId: z.string().optional(),
  orgId: z.string().optional(),
  teamId: z.string().optional(),
  /** The roles in the organization, separated by commas. */
  role: z.string().optional(),
  userRole: z.string().optional(),
  email: z.string(),
  name: z.string(),
  exp: z.number(),
});

/** What a token says. */
export type Claims = z.infer<typeof claimsSchema>;

/** A token for a caller that was read from the database; it does not outlive what it was minted from. */
export async function signToken(
  issuer: Issuer,
  { source, expiresAt, ctx }: Identity,
  minutes: number,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const end = expiresAt === null ? Number.POSITIVE_INFINITY : Math.floor(expiresAt.getTime() / 1000);
  const claims: Claims = {
    sub: ctx.userId,
    ...source,
    orgId: ctx.activeOrgId ?? undefined,
    teamId: ctx.activeTeamId ?? undefined,
    role: ctx.roles.join(",") || undefined,
    userRole: ctx.userRole ?? undefined,
    email: ctx.user.email,
    name: ctx.user.name,
    exp: Math.min(now + minutes * 60, end),
  };
  return sign({ ...claims, iat: now, ...parties(issuer) }, await keyOf(issuer.secret), HEADER.alg);
}

/** What a token says, or null when it is not one of ours, not for this API, or no longer good. */
export async function readToken(issuer: Issuer, token: string): Promise<Claims | null> {
  const key = await keyOf(issuer.secret);
  const payload = await verify(token, key, { ...HEADER, ...parties(issuer) }).catch(() => null);
  return claimsSchema.safeParse(payload).data ?? null;
}

/** The caller as the token has it. */
export const callerOf = (claims: Claims): SignedIn => ({
  authenticated: true,
  userId: claims.sub,
  userRole: claims.userRole ?? null,
  activeOrgId: claims.orgId ?? null,
  activeTeamId: claims.teamId ?? null,
  roles: claims.role?.split(",") ?? [],
  user: { id: claims.sub, email: claims.email, name: claims.name },
});

const parties = ({ origin }: Issuer) => ({ iss: `${origin}/auth/v1`, aud: `${origin}/api/v1` });

const keys = new Map<string, CryptoKey>();

/** A key of its own, so that nothing else that the secret signs can pass for a token. */
async function keyOf(secret: string | undefined): Promise<CryptoKey> {
  if (!secret) throw misconfigured(["BETTER_AUTH_SECRET"]);
  const known = keys.get(secret);
  if (known) return known;
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  const use = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encoder.encode("quickback/jwt") };
  const signing = { name: "HMAC", hash: "SHA-256", length: 256 };
  const key = await crypto.subtle.deriveKey(use, material, signing, false, ["sign", "verify"]);
  keys.set(secret, key);
  return key;
}
