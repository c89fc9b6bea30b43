// The authentication step: an API key, a JWT or a session says who is calling, in this order.
import type { Context } from "hono";
import { originOf } from "../auth/auth";
import { type Identity, readStanding } from "../auth/identity";
import type { AppEnv } from "./app-env";
import { ANONYMOUS, type Ctx, type SignedIn } from "./context";
import { authMissing } from "./errors";
import { callerOf, type Issuer, readToken, signToken } from "./jwt";
import { bearerOf, isAlive, readSession } from "./session";

type AppContext = Context<AppEnv>;

/** Who is calling. `identity` is there when the database said so, and not a JWT. */
export type Caller = { readonly ctx: Ctx; readonly identity: Identity | null };

/** `fresh` asks the database what a JWT says, for calls that must not rely on the past minutes. */
type Demand = { readonly fresh?: boolean };

/** The caller, who must be signed in; one with a session is offered a JWT for the next calls. */
export async function authenticate(c: AppContext, { fresh = false }: Demand = {}): Promise<SignedIn> {
  const { ctx, identity } = await findCaller(c, fresh);
  if (!isSignedIn(ctx)) throw authMissing();
  if (identity && "sid" in identity.source) await offerToken(c, identity);
  return ctx;
}

/** The caller of a public route: signed in or not. */
export async function identify(c: AppContext, { fresh = false }: Demand = {}): Promise<Ctx> {
  const { ctx } = await findCaller(c, fresh);
  return ctx;
}

/** `POST /api/v1/token`: a JWT of the API key or the session. One JWT does not beget another. */
export async function sendToken(c: AppContext): Promise<Response> {
  const known = await c.get("caller");
  const identity = known?.identity ?? (await readSession(c));
  if (!identity) throw authMissing();
  c.header("Cache-Control", "no-store");
  return c.json({ token: await mint(c, identity) });
}

/** What the database said stands for the whole request; an API key has been asked before. */
function findCaller(c: AppContext, fresh: boolean): Promise<Caller> {
  const known = c.get("caller");
  if (known) return known;
  const found = readCaller(c, fresh);
  if (fresh) c.set("caller", found);
  return found;
}

async function readCaller(c: AppContext, fresh: boolean): Promise<Caller> {
  const named = await readBearer(c, fresh);
  if (named) return { ctx: named, identity: null };
  const identity = await readSession(c);
  return { ctx: identity?.ctx ?? ANONYMOUS, identity };
}

/** The caller that a JWT names. A JWT that is not good, or not any more, is as if there were none. */
async function readBearer(c: AppContext, fresh: boolean): Promise<Ctx | null> {
  const token = bearerOf(c);
  const claims = token === undefined ? null : await readToken(issuerOf(c), token);
  if (!claims) return null;
  const { strict } = c.var.settings.jwt;
  const said = callerOf(claims);
  if (!fresh && !strict) return said;
  const standing = await readStanding(c.env, claims);
  if (!standing || !isAlive(standing) || standing.ctx.userId !== said.userId) return null;
  return strict && !isUnchanged(said, standing.ctx) ? null : standing.ctx;
}

const isUnchanged = (said: Ctx, now: Ctx): boolean => rights(said) === rights(now);

const rights = ({ userRole, activeOrgId, activeTeamId, roles }: Ctx): string =>
  JSON.stringify([userRole, activeOrgId, activeTeamId, roles]);

const isSignedIn = (ctx: Ctx): ctx is SignedIn => ctx.authenticated && ctx.userId !== null && ctx.user !== null;

/** Proxies refuse longer headers. */
const MAX_HEADER = 4096;

async function offerToken(c: AppContext, identity: Identity): Promise<void> {
  const token = await mint(c, identity);
  if (token.length <= MAX_HEADER) c.header("set-auth-token", token);
}

const mint = (c: AppContext, identity: Identity): Promise<string> =>
  signToken(issuerOf(c), identity, c.var.settings.jwt.minutes);

const issuerOf = (c: AppContext): Issuer => ({
  secret: c.env.BETTER_AUTH_SECRET,
  origin: originOf(c.env, c.req.url),
});
