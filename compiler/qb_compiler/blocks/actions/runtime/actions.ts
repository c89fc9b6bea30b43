// Actions: endpoints that the author programs. What they get is typed, and what safe ones get reaches no table unscoped.
import type { Context } from "hono";
import { z } from "zod";
import type { ScopedDatabase } from "../db/scoped";
import { allows, type CodeRule, type Guarded, type Rule } from "./access";
import type { AppEnv } from "./app-env";
import { fieldsOf, readJsonOr } from "./body";
import type { Ctx } from "./context";
import type { Database } from "./database";
import { ApiError, adminRequired, crossTenantForbidden, type Details, notVisible, validationFailed } from "./errors";
import { send } from "./respond";
import type { Row } from "./values";

type AppContext = Context<AppEnv>;

/** The request, and ways to build a response: a context without the bindings. */
export type RequestContext = Pick<AppContext, "req" | "json" | "text" | "body" | "header" | "status" | "newResponse">;

/** Variables and secrets of the Worker, without its databases and other bindings, and without what signs sessions. */
export type Variables = Readonly<Record<string, string | number | boolean | undefined>>;

/** What `execute` gets. */
export type Execution<Found, Input, Caller extends Ctx = Ctx> = {
  /** Every query stays inside the caller's firewall. */
  readonly db: ScopedDatabase;
  readonly ctx: Caller;
  readonly record: Found;
  readonly input: Input;
  readonly env: Variables;
  readonly c: RequestContext;
  readonly auditFields: { readonly createdAt: string; readonly modifiedAt: string };
};

/** What `execute` of an action marked unsafe gets: the whole database as well. */
export type UnsafeExecution<Found, Input, Caller extends Ctx = Ctx> = Execution<Found, Input, Caller> & {
  readonly rawDb: Database;
};

type Action<Given, Input> = {
  readonly input: z.ZodType<Input>;
  readonly execute: (execution: Given) => unknown;
};

/** Ties `execute` to the table's rows, the caller and the input, so that the author's code is checked against them. */
export const actionsOn = <Found, Caller extends Ctx>() => ({
  record: <Input>(action: Action<Execution<Found, Input, Caller>, Input>) => action,
  standalone: <Input>(action: Action<Execution<undefined, Input, Caller>, Input>) => action,
  unsafeRecord: <Input>(action: Action<UnsafeExecution<Found, Input, Caller>, Input>) => action,
  unsafeStandalone: <Input>(action: Action<UnsafeExecution<undefined, Input, Caller>, Input>) => action,
});

/** An action without input takes none. */
export const noInput: z.ZodType<undefined> = z.undefined();

/** The input step: the query string of a GET, else the JSON body. */
export async function readInput<Input>(c: AppContext, schema: z.ZodType<Input>): Promise<Input> {
  const sent = await sentInput(c, schema);
  const result = await schema.safeParseAsync(sent);
  if (result.success) return result.data;
  throw validationFailed(Object.fromEntries(fieldsOf(result.error.issues)));
}

async function sentInput(c: AppContext, schema: z.ZodType): Promise<unknown> {
  if (schema === noInput) return undefined;
  if (c.req.method === "GET" || c.req.method === "HEAD") {
    const parameters = Object.entries(c.req.queries());
    return Object.fromEntries(parameters.map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
  }
  return readJsonOr(c, {});
}

/** The record step of an action: a record that exists, but not in a state that allows it. */
export function requireState(resource: Guarded, rule: Rule, ctx: Ctx, row: Row): void {
  const hidden = resource.errorMode === "hide" && resource.readable;
  if (hidden && !allows(hidden, resource.fields, ctx, row)) throw notVisible("hide");
  if (!allows(rule, resource.fields, ctx, row)) throw notInState();
}

/** The same for a rule in code. */
export async function requireCodeState<Found>(rule: CodeRule<Found>, ctx: Ctx, record: Found): Promise<void> {
  if ((await rule(ctx, record)) !== true) throw notInState();
}

/** Which state of `field` leads to which, and the input field that says where the caller wants to go. */
export type Transition<Field extends string = string, Via extends string = string> = {
  readonly field: Field;
  readonly via: Via;
  readonly fromTo: ReadonlyMap<string, readonly string[]>;
};

/** The step from the record's state to the one asked for. The refusal names only what the caller sent. */
export function requireTransition<Field extends string, Via extends string>(
  { field, via, fromTo }: Transition<Field, Via>,
  record: Readonly<Record<Field, string | null>>,
  input: Readonly<Record<Via, string>>,
): void {
  const state = record[field];
  const target = input[via];
  const targets = state === null ? undefined : fromTo.get(state);
  if (!targets?.includes(target)) throw notInState({ field, target });
}

const notInState = (details?: Details): ApiError =>
  new ApiError(
    409,
    "access",
    "ACCESS_ACTION_NOT_ALLOWED_FOR_STATE",
    "Action not allowed for the record as it is now",
    "Your role allows this action, but not in the record's present state.",
    details,
  );

/** The gate of cross-tenant actions: a platform admin, as the user table says now. */
export function requireCrossTenant(ctx: Ctx): void {
  if (ctx.userRole !== "admin") throw crossTenantForbidden();
}

/** The gate of `adminOnly` actions. */
export function requirePlatformAdmin(ctx: Ctx): void {
  if (ctx.userRole !== "admin") throw adminRequired();
}

/** The parts of an execution that come from the request. */
export function requestParts(c: AppContext): {
  readonly env: Variables;
  readonly c: RequestContext;
  readonly auditFields: { readonly createdAt: string; readonly modifiedAt: string };
} {
  const now = new Date().toISOString();
  const { req, json, text, body, header, status, newResponse } = c;
  return {
    env: variables(c.env),
    c: { req, json, text, body, header, status, newResponse },
    auditFields: { createdAt: now, modifiedAt: now },
  };
}

const PLAIN = new Set(["string", "number", "boolean"]);

function variables(env: object): Variables {
  const others = Object.entries(env).filter(([name]) => name !== "BETTER_AUTH_SECRET");
  return Object.fromEntries(others.filter(([, value]) => PLAIN.has(typeof value)));
}

/** The last step: the handler's value as JSON, or the response it made. */
export function sendResult(c: AppContext, result: unknown): Response | Promise<Response> {
  return result instanceof Response ? personal(result) : send(c, result ?? null);
}

/** What an action makes is for its caller alone, unless it says itself who may keep it. */
function personal(made: Response): Response {
  const response = new Response(made.body, made);
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "private, no-cache");
  response.headers.append("Vary", "Cookie, Authorization");
  return response;
}

/** The record that an action returns when it says so, ready for its masks. */
export function returnedRecord(result: unknown): Row {
  if (typeof result !== "object" || result === null) throw new Error("The action returned no record");
  return Object.fromEntries(Object.entries(result));
}
