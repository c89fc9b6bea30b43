// What a column's value is in the API, in a comparison and in the database.
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

export type Kind = "text" | "integer" | "real" | "numeric" | "boolean" | "timestamp" | "json" | "blob";

export type Field = { readonly column: SQLiteColumn; readonly kind: Kind };
export type Fields = ReadonlyMap<string, Field>;
export type Row = Readonly<Record<string, unknown>>;
export type Comparable = string | number | boolean;

/** The columns of a table by name: the only ones that a request can speak of. `times` hold ISO text. */
export function fieldsOf(table: SQLiteTable, times: readonly string[] = []): Fields {
  const columns = Object.entries(getTableColumns(table));
  return new Map(
    columns.map(([name, column]) => [name, { column, kind: times.includes(name) ? "timestamp" : kindOf(column) }]),
  );
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["boolean", "boolean"],
  ["date", "timestamp"],
  ["json", "json"],
  ["buffer", "blob"],
  ["bigint", "numeric"],
]);

function kindOf(column: SQLiteColumn): Kind {
  if (column.columnType === "SQLiteNumeric") return "numeric";
  if (column.dataType === "number") return column.columnType === "SQLiteInteger" ? "integer" : "real";
  return KINDS.get(column.dataType) ?? "text";
}

/** A value in the form that comparisons use; null when it has none of the column's kind. */
export function comparable(kind: Kind, value: unknown): Comparable | null {
  switch (kind) {
    case "text":
      return typeof value === "string" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "timestamp":
      return instant(value);
    case "integer":
    case "real":
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    case "numeric":
      return decimal(value);
    default:
      return null;
  }
}

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds of a Date or of an ISO 8601 date or time with offset; null for anything else. */
export function instant(value: unknown): number | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  if (typeof value !== "string" || !ISO.test(value)) return null;
  const time = Date.parse(value);
  const day = Date.parse(value.slice(0, 10));
  const exists = !Number.isNaN(day) && new Date(day).toISOString().startsWith(value.slice(0, 10));
  return exists && !Number.isNaN(time) ? time : null;
}

function decimal(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !/^[+-]?\d+(\.\d+)?$/.test(value)) return null;
  return Number(value);
}

/** Negative, zero or positive. Text is ordered by code points, as SQLite orders it. */
export function compare(left: Comparable, right: Comparable): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (left === right) return 0;
  const [a, b] = [Array.from(String(left)), Array.from(String(right))];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at === -1) return -1;
  const [x, y] = [a[at]?.codePointAt(0) ?? -1, b[at]?.codePointAt(0) ?? -1];
  return x - y;
}

/** The bound parameter that stands for a comparable beside its column. */
export function parameter(field: Field, value: Comparable): SQL {
  if (field.kind !== "timestamp" || typeof value !== "number") return sql`${value}`;
  if (field.column.dataType !== "date") return sql`${new Date(value).toISOString()}`;
  return sql`${value / unitOf(field.column)}`;
}

/** How many milliseconds one stored unit of a timestamp column is. */
const unitOf = (column: SQLiteColumn): number => (column.mapToDriverValue(new Date(1000)) === 1 ? 1000 : 1);

/** `column in values`, as one bound parameter however long the list is. */
export function isIn(field: Field, values: readonly Comparable[]): SQL {
  const list = JSON.stringify(values.map((value) => listed(field, value)));
  return sql`${field.column} in (select value from json_each(${list}))`;
}

function listed(field: Field, value: Comparable): Comparable {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (field.kind !== "timestamp" || typeof value !== "number") return value;
  return field.column.dataType === "date" ? value / unitOf(field.column) : new Date(value).toISOString();
}

/** How many letters beyond ASCII a search folds; D1 takes no expression of any depth. */
const MOST_FOLDED = 32;

/** Substring match without case and without wildcards. SQLite's `lower` knows ASCII alone: other letters are folded here. */
export function contains(field: Field, text: string): SQL {
  const sought = Array.from(text, lowered).join("");
  const letters = [...new Set(sought)].filter((letter) => letter > "\u007f" && capital(letter) !== letter);
  const folded = letters
    .slice(0, MOST_FOLDED)
    .reduce(
      (column, letter) => sql`replace(${column}, ${char(capital(letter))}, ${char(letter)})`,
      sql`lower(${field.column})`,
    );
  return sql`instr(${folded}, ${sought}) > 0`;
}

/** A letter in the other case, where that is one letter, too. */
const lowered = (letter: string): string => single(letter.toLowerCase(), letter);
const capital = (letter: string): string => single(letter.toUpperCase(), letter);
const single = (changed: string, letter: string): string => (Array.from(changed).length === 1 ? changed : letter);

/** A letter without a bound parameter, of which a query has few. */
const char = (letter: string): SQL => sql`char(${letter.codePointAt(0) ?? 0})`.inlineParams();

/** A value as JSON carries it. Dates become ISO strings when the body is written. */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return base64(value);
  return value;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
