// The query string of lists and views. Every name is looked up in the table's fields; nothing is ignored silently.
import { and, asc, desc, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Context } from "hono";
import { allowsAnyRow, type Rule } from "./access";
import type { Ctx } from "./context";
import { fieldMasked, notVisible, queryInvalid } from "./errors";
import { plainByRole } from "./masks";
import type { Resource, Sort } from "./resource";
import { type Comparable, comparable, contains, type Field, type Fields, isIn, parameter } from "./values";

const MAX_FILTERS = 20;
const MAX_SORTS = 8;
const MAX_LIST = 100;
const MAX_OFFSET = 1_000_000_000;

/** What one way of reading many rows returns and allows. */
export type Queryable = {
  /** The returned columns, in the order of the table. */
  readonly columns: readonly string[];
  /** For a view: the same in the author's order, for the answer to say. */
  readonly fields?: readonly string[];
  readonly pageSize: number;
  readonly maxPageSize: number;
  /** For a view: how the plain list shows other columns. Null when there is no list. */
  readonly list?: Listed | null;
};

/** The plain list with its rule. */
export type Listed = Queryable & { readonly rule: Rule };

/** A view with these columns; it pages as the list does. */
export const viewOf = (fields: Fields, names: readonly string[], list: Listed | null): Queryable => ({
  columns: [...fields.keys()].filter((name) => names.includes(name)),
  fields: names,
  pageSize: list?.pageSize ?? 50,
  maxPageSize: list?.maxPageSize ?? 100,
  list,
});

/** What a view reads: its columns, and the one that says whose the row is. */
export function selectionOf(resource: Resource, { columns }: Queryable): Record<string, SQLiteColumn> {
  const wanted = new Set([...columns, resource.ownerColumn]);
  return Object.fromEntries(
    [...resource.fields].flatMap(([name, { column }]) => (wanted.has(name) ? [[name, column]] : [])),
  );
}

export type ListQuery = {
  readonly limit: number;
  readonly offset: number;
  readonly orderBy: SQL[];
  readonly filter: SQL;
  /** The columns to return, in the order of the table. */
  readonly columns: readonly string[];
  /** The same in the author's order. */
  readonly fields: readonly string[];
  readonly count: boolean;
  /** Neither filtered nor sorted: the query that is prepared once. */
  readonly isDefault: boolean;
};

const OPERATORS: ReadonlyMap<string, (field: Field, value: Comparable) => SQL> = new Map([
  ["eq", (field: Field, value: Comparable) => sql`${field.column} = ${parameter(field, value)}`],
  ["ne", (field: Field, value: Comparable) => sql`${field.column} <> ${parameter(field, value)}`],
  ["gt", (field: Field, value: Comparable) => sql`${field.column} > ${parameter(field, value)}`],
  ["gte", (field: Field, value: Comparable) => sql`${field.column} >= ${parameter(field, value)}`],
  ["lt", (field: Field, value: Comparable) => sql`${field.column} < ${parameter(field, value)}`],
  ["lte", (field: Field, value: Comparable) => sql`${field.column} <= ${parameter(field, value)}`],
]);

/** The query step of a list or view. */
export function readListQuery(c: Context, resource: Resource, queryable: Queryable, ctx: Ctx): ListQuery {
  const reader = new Reader(c, resource, queryable, ctx);
  const query = reader.read();
  reader.finish();
  return query;
}

/** The query step of `GET /:id`: only `fields` is known there. */
export function readColumns(c: Context, resource: Resource, shown: readonly string[], ctx: Ctx): readonly string[] {
  const reader = new Reader(c, resource, { columns: shown, pageSize: 1, maxPageSize: 1 }, ctx);
  const columns = reader.columns();
  reader.refuseOthers();
  reader.finish();
  return columns;
}

/** The step that reads the id of a record from the path. */
export const textId = (c: Context): string => c.req.param("id") ?? "";

/** The same for whole numbers; anything else names no record. */
export function integerId(c: Context, resource: Resource): number {
  const written = textId(c);
  if (!/^\d{1,15}$/.test(written)) throw notVisible(resource.errorMode);
  return Number(written);
}

/** Sort keys as SQL. The primary key is always among them, so that pages never overlap. */
export function orderOf(resource: Resource, sorts: readonly Sort[]): SQL[] {
  const named = sorts.some(({ name }) => name === resource.id);
  const keys = named ? sorts : [...sorts, { name: resource.id, descending: false }];
  return keys.flatMap(({ name, descending }) => {
    const column = resource.fields.get(name)?.column;
    return column ? [descending ? desc(column) : asc(column)] : [];
  });
}

class Reader {
  readonly #problems = new Map<string, string>();
  readonly #masked = new Set<string>();
  readonly #parameters: ReadonlyMap<string, string>;
  readonly #taken = new Set<string>();

  constructor(
    c: Context,
    readonly resource: Resource,
    readonly queryable: Queryable,
    readonly ctx: Ctx,
  ) {
    const parameters = new Map<string, string>();
    for (const [name, values] of Object.entries(c.req.queries())) {
      if (values.length > 1) this.#problems.set(name, "Given more than once");
      parameters.set(name, values[0] ?? "");
    }
    this.#parameters = parameters;
  }

  read(): ListQuery {
    const { pageSize, maxPageSize } = this.queryable;
    const limit = this.#integer("limit", pageSize, 1, maxPageSize);
    const offset = this.#integer("offset", 0, 0, MAX_OFFSET);
    const columns = this.columns();
    const fields = (this.queryable.fields ?? columns).filter((name) => columns.includes(name));
    const count = this.#flag("count");
    const sorts = this.#sorts();
    const search = this.#search();
    const filters = this.#filters();
    const orderBy = orderOf(this.resource, sorts ?? this.resource.defaultSort);
    const filter = and(...filters, ...search) ?? sql`true`;
    const isDefault = !sorts && filters.length === 0 && search.length === 0;
    return { limit, offset, orderBy, filter, columns, fields, count, isDefault };
  }

  columns(): readonly string[] {
    const { columns } = this.queryable;
    const written = this.#take("fields");
    if (written === undefined) return columns;
    const names = new Set(written.split(","));
    for (const name of names) if (!columns.includes(name)) this.#problems.set("fields", `Unknown field ${name}`);
    return columns.filter((name) => names.has(name));
  }

  refuseOthers(): void {
    for (const name of this.#parameters.keys())
      if (!this.#taken.has(name)) this.#problems.set(name, "Unknown parameter");
  }

  finish(): void {
    if (this.#problems.size > 0) throw queryInvalid(Object.fromEntries(this.#problems));
    if (this.#masked.size > 0) throw fieldMasked([...this.#masked]);
  }

  #take(name: string): string | undefined {
    this.#taken.add(name);
    return this.#parameters.get(name);
  }

  #integer(name: string, otherwise: number, least: number, most: number): number {
    const written = this.#take(name);
    if (written === undefined) return otherwise;
    const value = /^\d{1,10}$/.test(written) ? Number(written) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.#problems.set(name, `Expected a whole number from ${least} to ${most}`);
    return otherwise;
  }

  #flag(name: string): boolean {
    const written = this.#take(name);
    if (written !== undefined && written !== "true" && written !== "false")
      this.#problems.set(name, "Expected true or false");
    return written === "true";
  }

  /** `sort=name&order=asc`, `sort=status:asc,createdAt:desc` and `sort=-createdAt`. */
  #sorts(): Sort[] | null {
    const written = this.#take("sort");
    const order = this.#take("order");
    if (order !== undefined && order !== "asc" && order !== "desc") this.#problems.set("order", "Expected asc or desc");
    if (written === undefined) {
      const descending = order !== "asc";
      return order === undefined ? null : this.resource.defaultSort.map(({ name }) => ({ name, descending }));
    }
    const parts = written.split(",");
    if (parts.length > MAX_SORTS) this.#problems.set("sort", `At most ${MAX_SORTS} fields`);
    const plain = parts.length === 1 && !/^-|:/.test(written);
    const sorts = parts.map((part) => this.#sort(part, plain && order !== "asc"));
    if (!plain && order !== undefined)
      this.#problems.set("order", "Give the direction in sort or in order, not in both");
    const names = sorts.map(({ name }) => name);
    if (new Set(names).size < names.length) this.#problems.set("sort", "A field is named twice");
    return sorts;
  }

  #sort(part: string, otherwise: boolean): Sort {
    const [name = "", direction, ...others] = part.startsWith("-") ? [part.slice(1), "desc"] : part.split(":");
    if (others.length > 0 || (direction !== undefined && direction !== "asc" && direction !== "desc"))
      this.#problems.set("sort", `Unknown direction in ${part}`);
    const field = this.resource.fields.get(name);
    if (!field) this.#problems.set("sort", `Unknown field ${name}`);
    else if (field.kind === "json" || field.kind === "blob") this.#problems.set("sort", `${name} has no order`);
    else this.#require(name);
    return { name, descending: direction === undefined ? otherwise : direction === "desc" };
  }

  #search(): SQL[] {
    const text = this.#take("search");
    if (text === undefined || text === "") return [];
    const names = this.resource.searchable.filter((name) => this.#mayQuery(name));
    const matches = names.flatMap((name) => {
      const field = this.resource.fields.get(name);
      return field ? [contains(field, text)] : [];
    });
    return [or(...matches) ?? sql`false`];
  }

  #filters(): SQL[] {
    const filters: SQL[] = [];
    for (const [parameterName, written] of this.#parameters) {
      if (this.#taken.has(parameterName)) continue;
      const filter = this.#filter(parameterName, written);
      if (filter) filters.push(filter);
    }
    if (filters.length > MAX_FILTERS) this.#problems.set("filters", `At most ${MAX_FILTERS} filters`);
    return filters;
  }

  #filter(parameterName: string, written: string): SQL | null {
    const dot = parameterName.lastIndexOf(".");
    const [name, operator] =
      dot === -1 ? [parameterName, "eq"] : [parameterName.slice(0, dot), parameterName.slice(dot + 1)];
    const field = this.resource.fields.get(name);
    const problem = (message: string): null => {
      this.#problems.set(parameterName, message);
      return null;
    };
    if (!field) return problem("Unknown parameter");
    if (field.kind === "json" || field.kind === "blob") return problem("This field cannot be filtered");
    this.#require(name);
    if (operator === "like")
      return field.kind === "text" ? contains(field, written) : problem("like needs a text field");
    if (operator === "in") return this.#list(field, written) ?? problem(`Expected a list of ${expected(field)}`);
    const comparison = OPERATORS.get(operator);
    if (!comparison || (dot !== -1 && operator === "eq")) return problem(`Unknown operator ${operator}`);
    if (field.kind === "boolean" && operator !== "eq" && operator !== "ne") return problem("A boolean has no order");
    const value = parse(field, written);
    return value === null ? problem(`Expected ${expected(field)}`) : comparison(field, value);
  }

  #list(field: Field, written: string): SQL | null {
    const values: Comparable[] = [];
    const parts = written.split(",");
    for (const part of parts) {
      const value = parse(field, part);
      if (value !== null) values.push(value);
    }
    return values.length === parts.length && parts.length <= MAX_LIST ? isIn(field, values) : null;
  }

  #require(name: string): void {
    if (!this.#mayQuery(name)) this.#masked.add(name);
  }

  /** Only a column that the caller sees plainly may decide which rows come back, or in which order. */
  #mayQuery(name: string): boolean {
    if (!plainByRole(this.resource.masks.get(name), this.ctx)) return false;
    if (name === "createdAt" || name === "modifiedAt") return true;
    const { columns, list } = this.queryable;
    if (columns.includes(name)) return true;
    return Boolean(list?.columns.includes(name) && allowsAnyRow(list.rule, this.ctx));
  }
}

const expected = (field: Field): string => EXPECTED.get(field.kind) ?? field.kind;
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ["integer", "a whole number"],
  ["real", "a number"],
  ["numeric", "a decimal number"],
  ["boolean", "true or false"],
  ["timestamp", "an ISO 8601 date or time with offset"],
]);

/** A value of the query string as the column's kind reads it; null when it does not parse. */
function parse(field: Field, text: string): Comparable | null {
  switch (field.kind) {
    case "boolean":
      return text === "true" ? true : text === "false" ? false : null;
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
    case "real":
      return /^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text) ? comparable("real", Number(text)) : null;
    default:
      return comparable(field.kind, text);
  }
}
