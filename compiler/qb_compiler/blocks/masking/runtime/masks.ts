// How values are shown to those who may see the row but not the value. A value of a shape that a mask does not know
// is redacted whole.
import type { Ctx } from "./context";
import { plain, type Row } from "./values";

export const REDACTED = "[REDACTED]";

export type Mask = {
  readonly hide: (value: unknown) => string;
  /** Callers with one of these roles see the value plainly. */
  readonly roles: readonly string[];
  /** So does the owner of the row. */
  readonly owner?: true;
};

export type Masks = ReadonlyMap<string, Mask>;

export type Masked = {
  readonly masks: Masks;
  /** The column that `owner` compares with the caller. */
  readonly ownerColumn: string | null;
};

/** The value of one column as this caller may see it. */
export function maskedValue(resource: Masked, ctx: Ctx, row: Row, name: string): unknown {
  const value = row[name] ?? null;
  const mask = resource.masks.get(name);
  if (!mask || value === null) return plain(value);
  if (plainByRole(mask, ctx) || (mask.owner && owns(resource, ctx, row))) return plain(value);
  return hidden(mask, value);
}

/** Whether the caller sees the column plainly on every row: what filters, sorts and searches need. */
export const plainByRole = (mask: Mask | undefined, ctx: Ctx): boolean =>
  mask === undefined || ctx.roles.some((role) => mask.roles.includes(role));

function owns(resource: Masked, ctx: Ctx, row: Row): boolean {
  if (resource.ownerColumn === null || ctx.userId === null) return false;
  return row[resource.ownerColumn] === ctx.userId;
}

function hidden(mask: Mask, value: unknown): string {
  try {
    const shown: unknown = mask.hide(value);
    return typeof shown === "string" ? shown : REDACTED;
  } catch {
    return REDACTED;
  }
}

/** A mask works on the text of a value, whatever its type. */
function textOf(value: unknown): string {
  const shown = plain(value);
  if (shown instanceof Date) return shown.toISOString();
  return typeof shown === "object" ? JSON.stringify(shown) : String(shown);
}

const stars = (count: number): string => "*".repeat(Math.max(count, 1));
const initial = (word: string): string => Array.from(word)[0] ?? "";
const rest = (word: string): string => stars(Array.from(word).length - 1);

export function maskEmail(value: unknown): string {
  const [local = "", domain = "", ...others] = textOf(value).split("@");
  const dot = domain.lastIndexOf(".");
  const [base, tld] = [domain.slice(0, Math.max(dot, 0)), domain.slice(dot + 1)];
  if (others.length > 0 || local === "" || base === "" || tld === "") return REDACTED;
  return `${initial(local)}${rest(local)}@${initial(base)}${rest(base)}.${tld}`;
}

/** Stars but for the last four digits. */
function maskDigits(value: unknown): string {
  const digits = textOf(value).replace(/\D/g, "");
  return digits.length < 8 ? REDACTED : stars(digits.length - 4) + digits.slice(-4);
}

export const maskPhone = maskDigits;
export const maskSsn = maskDigits;

/** Grouped by four, as on the card. */
export const maskCreditCard = (value: unknown): string => {
  const masked = maskDigits(value);
  return masked === REDACTED ? masked : masked.replace(/(.{4})(?=.)/g, "$1 ");
};

export const maskName = (value: unknown): string => textOf(value).split(" ").map(maskedWord).join(" ");

const maskedWord = (word: string): string =>
  Array.from(word).length < 2 ? word && "*" : `${initial(word)}${rest(word)}`;

export const redact = (): string => REDACTED;

/** A mask in the author's code, given the column's value. */
export const customMask =
  <Value>(mask: (value: Value) => string) =>
  (value: unknown): string =>
    mask(value as Value);
