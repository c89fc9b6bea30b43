// The same three routes as a careful person writes them with the same libraries: the measure of the generated ones.
// `MODE=joined` reads session, user and membership in one query of its own, as the generated code does.
import { and, desc, eq, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type Context, Hono } from "hono";
import { getSignedCookie } from "hono/cookie";
import { z } from "zod";
import { createAuth } from "./auth/auth";
import { member, session, user } from "./db/auth-schema";
import type { Env } from "./env";
import { candidates } from "./features/candidates/schema";

type Caller = { userId: string; organization: string; role: string };
type App = { Bindings: Env & { MODE?: string }; Variables: { caller: Caller } };

const Create = z.strictObject({
  name: z.string().min(1).max(200),
  email: z.email(),
  phone: z.string().max(32).nullish(),
  source: z.enum(["linkedin", "referral", "other"]).optional(),
});

const app = new Hono<App>();
app.onError((error, c) => {
  console.error(error);
  return c.json({ error: "internal" }, 500);
});
app.get("/health", (c) => c.json({ ok: true }));
app.on(["GET", "POST"], "/auth/v1/*", (c) => createAuth(c.env, c.req.url).handler(c.req.raw));

app.use("/api/v1/*", async (c, next) => {
  const caller = await (c.env.MODE === "joined" ? joined(c) : usual(c));
  if (!caller) return c.json({ error: "unauthorized" }, 401);
  c.set("caller", caller);
  return next();
});

async function usual(c: Context<App>): Promise<Caller | null> {
  const found = await createAuth(c.env, c.req.url).api.getSession({ headers: c.req.raw.headers });
  const organization = found?.session.activeOrganizationId;
  if (!found || !organization) return null;
  const [membership] = await drizzle(c.env.AUTH_DB)
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organization), eq(member.userId, found.user.id)))
    .limit(1);
  return membership ? { userId: found.user.id, organization, role: membership.role } : null;
}

async function joined(c: Context<App>): Promise<Caller | null> {
  const token = await getSignedCookie(c, c.env.BETTER_AUTH_SECRET ?? "", "better-auth.session_token");
  if (!token) return null;
  const [found] = await drizzle(c.env.AUTH_DB)
    .select({ userId: user.id, organization: member.organizationId, role: member.role, expiresAt: session.expiresAt })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .innerJoin(member, and(eq(member.userId, user.id), eq(member.organizationId, session.activeOrganizationId)))
    .where(eq(session.token, token))
    .limit(1);
  return found && found.expiresAt > new Date() ? found : null;
}

const visible = (caller: Caller) => and(eq(candidates.organizationId, caller.organization), isNull(candidates.deletedAt));
const mask = (email: string) => email.replace(/^(.).*(@.*)$/, "$1***$2");
const shown = (caller: Caller, row: typeof candidates.$inferSelect) => ({
  ...row,
  email: ["owner", "admin"].includes(caller.role) ? row.email : mask(row.email),
});

app.get("/api/v1/candidates", async (c) => {
  const caller = c.var.caller;
  const limit = z.coerce.number().int().min(1).max(100).default(20).parse(c.req.query("limit"));
  const offset = z.coerce.number().int().min(0).default(0).parse(c.req.query("offset"));
  const rows = await drizzle(c.env.DB)
    .select()
    .from(candidates)
    .where(visible(caller))
    .orderBy(desc(candidates.createdAt))
    .limit(limit)
    .offset(offset);
  return c.json({ data: rows.map((row) => shown(caller, row)), pagination: { limit, offset, count: rows.length } });
});

app.get("/api/v1/candidates/:id", async (c) => {
  const caller = c.var.caller;
  const [row] = await drizzle(c.env.DB)
    .select()
    .from(candidates)
    .where(and(visible(caller), eq(candidates.id, c.req.param("id"))))
    .limit(1);
  return row ? c.json(shown(caller, row)) : c.json({ error: "not found" }, 404);
});

app.post("/api/v1/candidates", async (c) => {
  const caller = c.var.caller;
  const body = Create.safeParse(await c.req.json());
  if (!body.success) return c.json({ error: "invalid" }, 400);
  const now = new Date().toISOString();
  const [row] = await drizzle(c.env.DB)
    .insert(candidates)
    .values({
      ...body.data,
      id: crypto.randomUUID(),
      organizationId: caller.organization,
      createdAt: now,
      createdBy: caller.userId,
      modifiedAt: now,
      modifiedBy: caller.userId,
    })
    .returning();
  return row ? c.json(shown(caller, row), 201) : c.json({ error: "internal" }, 500);
});

export default { fetch: app.fetch };
