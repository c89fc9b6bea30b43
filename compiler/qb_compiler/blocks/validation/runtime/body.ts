// The body step: size, JSON, shape. What comes out has only the keys that the schema names.
import type { Context } from "hono";
import { z } from "zod";
import { invalidJson, payloadTooLarge, validationFailed } from "./errors";
import { instant } from "./values";

const MAX_BODY = 1024 * 1024;
const MAX_DRAINED = 16 * MAX_BODY;
const MAX_JSON_DEPTH = 64;

export type Body<Values> = {
  /** The keys as sent: the guards judge these. */
  readonly keys: readonly string[];
  readonly values: Values;
};

/** Reads and validates the JSON object of a request. */
export async function readBody<Values>(
  c: Context,
  schema: z.ZodType<Values>,
  known?: ReadonlySet<string>,
): Promise<Body<Values>> {
  return checkBody(await readJson(c), schema, known);
}

/** Validates one object. With `known`, a key outside it is a mistake too (tables without guards). */
export function checkBody<Values>(json: unknown, schema: z.ZodType<Values>, known?: ReadonlySet<string>): Body<Values> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw validationFailed({ $: "Expected a JSON object" });
  const keys = Object.keys(json);
  const unknown = known ? keys.filter((key) => !known.has(key)) : [];
  const result = schema.safeParse(json);
  if (result.success && unknown.length === 0) return { keys, values: result.data };
  const issues = result.success ? [] : result.error.issues;
  throw validationFailed(Object.fromEntries([...unknown.map((key) => [key, "Unknown field"]), ...fieldsOf(issues)]));
}

/** The object of a PUT without its id, which must be the URL's if it is there. */
export function withoutId(json: unknown, name: string, id: string | number): unknown {
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, name)) return json;
  if (Reflect.get(json, name) !== id) throw validationFailed({ [name]: "Must equal the id in the URL" });
  return Object.fromEntries(Object.entries(json).filter(([key]) => key !== name));
}

/** Path to message, the first message of each path. */
export function fieldsOf(issues: readonly z.core.$ZodIssue[]): [string, string][] {
  const fields = new Map<string, string>();
  for (const issue of issues) {
    const path = issue.path.map(String).join(".") || "$";
    if (!fields.has(path)) fields.set(path, issue.message);
  }
  return [...fields];
}

/** The parsed body; refuses one that is too large or not JSON. */
export const readJson = async (c: Context): Promise<unknown> => parsed(await readText(c.req.raw));

/** The same where a call may come without a body. */
export async function readJsonOr(c: Context, otherwise: unknown): Promise<unknown> {
  const text = await readText(c.req.raw);
  return text === "" ? otherwise : parsed(text);
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    throw invalidJson();
  }
}

async function readText(request: Request): Promise<string> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > MAX_DRAINED) throw payloadTooLarge(MAX_BODY);
  // No server hands on more than the length that was announced, so nothing need be counted.
  if (length !== null && Number(length) <= MAX_BODY) return request.text();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (const reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    // A client that is still sending does not read the refusal, so some of the rest is taken in and dropped.
    if (size > MAX_DRAINED) break;
    if (size <= MAX_BODY) chunks.push(value);
  }
  if (size > MAX_BODY) throw payloadTooLarge(MAX_BODY);
  return new TextDecoder().decode(joined(chunks, size));
}

/** Takes in and drops a body that no step read, so that its connection can carry the next request. */
export async function dropUnread(request: Request): Promise<void> {
  if (request.bodyUsed || !request.body || request.body.locked) return;
  if (Number(request.headers.get("content-length") ?? 0) > MAX_DRAINED) return;
  let size = 0;
  for (const reader = request.body.getReader(); size <= MAX_DRAINED; ) {
    const { done, value } = await reader.read();
    if (done) return;
    size += value.byteLength;
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

const isInstant = (text: string): boolean => instant(text) !== null;
const ISO_TIME = "Expected an ISO 8601 time with offset, such as 2026-01-31T09:00:00.000Z";

/** A point in time. */
export const isoDate = z
  .string()
  .refine(isInstant, ISO_TIME)
  .transform((text) => new Date(instant(text) ?? 0));

/** A decimal number, as text. */
export const decimalText = z
  .union([z.string().regex(/^[+-]?\d+(\.\d+)?$/), z.number()], "Expected a decimal number")
  .transform(String);

/** A whole number of any size. */
export const bigintValue = z.union([z.string().regex(/^-?\d+$/), z.int()], "Expected a whole number").transform(BigInt);

/** Any JSON value, in the type that the column declares. */
export const json = <Value>(): z.ZodType<Value> =>
  z.custom<Value>(
    (value) => value !== undefined && value !== null && within(value, MAX_JSON_DEPTH),
    "Expected a JSON value",
  );

function within(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => within(item, depth - 1));
}

/** A value that the column declares a narrower type for. */
export const typed = <Value>(schema: z.ZodType): z.ZodType<Value> => schema.pipe(z.custom<Value>());

/** Bytes, as base64 text. */
export const base64 = z
  .base64()
  .transform((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
