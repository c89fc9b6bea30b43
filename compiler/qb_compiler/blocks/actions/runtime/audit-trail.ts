// The mandatory trail of calls that leave the firewall or come without a sign-in: a row before anything runs, and its
// result before the response. Without the trail the call is refused.
import { eq } from "drizzle-orm";
import type { Context, MiddlewareHandler } from "hono";
import { auditEvents } from "../db/audit-schema";
import { auditDb } from "../db/connections";
import type { AppEnv } from "./app-env";
import { ANONYMOUS, type Ctx } from "./context";
import { refusal } from "./envelope";
import { ApiError } from "./errors";
import { identify } from "./identity";
import { limitPublic } from "./rate-limit";

type AppContext = Context<AppEnv>;

export type Audited = {
  readonly action: string;
  readonly resource: string | null;
  readonly operation: string;
  readonly targetScope?: "organization" | "all";
  readonly reason?: string;
};

/** Writes the trail around a route. Calls without a sign-in are limited first: strangers must not fill it. */
export const audited =
  (event: Audited): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const started = Date.now();
    const ctx = await identify(c, { fresh: true }).catch(() => ANONYMOUS);
    if (!ctx.authenticated) await limitPublic(c);
    const id = await open(c, ctx, event);
    if (id === null) return unavailable(c);
    await next();
    if (!(await close(c, id, started))) c.res = unavailable(c);
  };

async function open(c: AppContext, ctx: Ctx, event: Audited): Promise<string | null> {
  const id = crypto.randomUUID();
  const row = {
    id,
    requestId: c.var.requestId,
    actorUserId: ctx.userId,
    actorUserRole: ctx.userRole,
    actorOrgId: ctx.activeOrgId,
    actionName: event.action,
    resource: event.resource,
    operation: event.operation,
    targetScope: event.targetScope ?? null,
    targetOrgId: event.targetScope === "organization" ? ctx.activeOrgId : null,
    targetRecordId: c.req.param("id") ?? null,
    unsafeReason: event.reason ?? null,
    result: "started",
    createdAt: new Date().toISOString(),
  };
  try {
    await auditDb(c.env).insert(auditEvents).values(row);
    return id;
  } catch (error) {
    console.error(c.var.requestId, "audit trail", error);
    return null;
  }
}

async function close(c: AppContext, id: string, started: number): Promise<boolean> {
  const failure = c.error instanceof ApiError ? c.error : null;
  const changes = {
    result: resultOf(c),
    errorCode: failure?.code ?? (c.error ? "INTERNAL_ERROR" : null),
    errorMessage: failure?.message ?? null,
    metadata: JSON.stringify({
      address: c.req.header("CF-Connecting-IP") ?? null,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      milliseconds: Date.now() - started,
    }),
  };
  try {
    const [row] = await auditDb(c.env).update(auditEvents).set(changes).where(eq(auditEvents.id, id)).returning();
    return row !== undefined;
  } catch (error) {
    console.error(c.var.requestId, "audit trail", error);
    return false;
  }
}

/** A refusal of these layers is a denial, whatever its status: a row out of sight may answer 404, its state 409. */
const DENYING: ReadonlySet<string> = new Set(["firewall", "access"]);

function resultOf(c: AppContext): "success" | "denied" | "error" {
  const { status } = c.res;
  const isDenied = c.error instanceof ApiError && DENYING.has(c.error.layer);
  if (isDenied || status === 401 || status === 403) return "denied";
  return status >= 400 ? "error" : "success";
}

const unavailable = (c: AppContext): Response =>
  refusal(
    c,
    new ApiError(
      500,
      "access",
      "ACCESS_AUDIT_LOG_FAILED",
      "Mandatory audit logging failed",
      "Try again; the operator must see to it that the audit database accepts rows.",
    ),
  );
