// What surrounds every request: its id, security headers, CORS, configuration, and errors in one shape.
import type { Context, Hono, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { AppEnv, Settings } from "./app-env";
import { dropUnread } from "./body";
import { constraintError } from "./database";
import { ApiError, internalError, methodNotAllowed, misconfigured, rateLimited, routeNotFound } from "./errors";
import { isTrustedOrigin } from "./origins";

type AppContext = Context<AppEnv>;

const HEADERS: ReadonlyMap<string, string> = new Map([
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ["X-Frame-Options", "DENY"],
  ["X-Content-Type-Options", "nosniff"],
  ["Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"],
  ["Referrer-Policy", "strict-origin-when-cross-origin"],
  ["Permissions-Policy", "geolocation=(), microphone=(), camera=()"],
]);

/** The first middleware: request id, settings, security headers. */
export const envelope =
  (settings: Settings): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const sent = c.req.header("X-Request-Id") ?? "";
    c.set("requestId", /^[\w-]{1,64}$/.test(sent) ? sent : crypto.randomUUID());
    c.set("settings", settings);
    // Hono passes them on to whatever response takes the place of this one.
    c.res.headers.set("X-Request-Id", c.var.requestId);
    for (const [name, value] of HEADERS) c.res.headers.set(name, value);
    await next();
    await dropUnread(c.req.raw);
  };

/** Answers preflights, and lets trusted pages read answers. */
export const crossOrigin: MiddlewareHandler<AppEnv> = cors({
  origin: (origin, c: AppContext) => (isTrustedOrigin(c, origin) ? origin : null),
  allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
  allowHeaders: ["Content-Type", "Authorization", "X-Api-Key", "X-Request-Id", "If-None-Match"],
  exposeHeaders: ["ETag", "Retry-After", "X-Request-Id", "X-Total-Count", "set-auth-token"],
  credentials: true,
  maxAge: 600,
});

const MIN_SECRET = 32;

/** Refuses to run on a secret that anybody could know. */
export const requireSecret: MiddlewareHandler<AppEnv> = async (c, next) => {
  const secret = c.env.BETTER_AUTH_SECRET ?? "";
  if (secret.length < MIN_SECRET || /replace|change|example|your[-_ ]/i.test(secret))
    throw misconfigured(["BETTER_AUTH_SECRET"]);
  await next();
};

/** Every refusal and every failure leaves here; only the log knows the cause of a failure. */
export function onError(error: Error, c: AppContext): Response {
  if (error instanceof ApiError) return refusal(c, error);
  const broken = constraintError(error);
  if (broken) return refusal(c, broken);
  console.error(c.var.requestId, error);
  return refusal(c, internalError());
}

export function refusal(c: AppContext, error: ApiError): Response {
  c.header("Cache-Control", "no-store");
  if (error.status === 429) c.header("Retry-After", "60");
  if (error.code === "METHOD_NOT_ALLOWED") c.header("Allow", [error.details?.allowed].flat().join(", "));
  return c.json({ ...error.body(), requestId: c.var.requestId }, error.status);
}

/** A path that exists with other methods is 405, any other 404. What follows a route for all methods is never reached. */
export function onNotFound(app: Hono<AppEnv>): (c: AppContext) => Response {
  const routes = app.routes.map(({ method, path }) => ({ method, pattern: pattern(path) }));
  return (c) => {
    const methods = routes.filter(({ pattern: known }) => known.test(c.req.path)).map(({ method }) => method);
    const allowed = new Set(methods.includes("ALL") ? methods.slice(0, methods.indexOf("ALL")) : methods);
    return refusal(c, allowed.size > 0 ? methodNotAllowed([...allowed].sort()) : routeNotFound());
  };
}

const pattern = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split("/")
      .map((part) => (part.startsWith(":") ? "[^/]+" : escaped(part)))
      .join("/")}$`,
  );

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Better Auth's refusals in our shape; its own `message` stays for its clients. */
export async function authRefusal(c: AppContext, response: Response): Promise<Response> {
  if (response.status < 400) return response;
  const body = await bodyOf(response);
  const error = authError(response.status, body);
  const headers = new Headers(response.headers);
  headers.set("Content-Type", "application/json");
  if (response.status === 429) headers.set("Retry-After", response.headers.get("X-Retry-After") ?? "60");
  const text = JSON.stringify({ ...error.body(), requestId: c.var.requestId, message: body.message ?? error.message });
  return new Response(text, { status: response.status, headers });
}

/** What Better Auth says; OAuth's endpoints have `error` and `description`, which their clients know by these words. */
type AuthBody = { code?: string; message?: string; error?: string; description?: string };

function authError(status: number, body: AuthBody): ApiError {
  if (status === 429) return rateLimited();
  const hint = "Correct the request and send it again.";
  if (body.error !== undefined) {
    return new ApiError(400, "authentication", body.error.toUpperCase(), body.error, body.description ?? hint);
  }
  if (status === 404 && body.code === undefined) return routeNotFound();
  return new ApiError(400, "authentication", body.code ?? "AUTH_FAILED", body.message ?? "Authentication failed", hint);
}

async function bodyOf(response: Response): Promise<AuthBody> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null) return {};
    const known = new Map<string, unknown>(Object.entries(body));
    return {
      code: textOf(known.get("code")),
      message: textOf(known.get("message")),
      error: textOf(known.get("error")),
      description: textOf(known.get("error_description")),
    };
  } catch {
    return {};
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
