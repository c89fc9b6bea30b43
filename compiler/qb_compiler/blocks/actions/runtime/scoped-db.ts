// The database of an action: a closed set of typed methods over Drizzle. Every table of a query, joined ones included,
// is held inside its firewall, and everything written carries the caller's scope.
import {
  and,
  Column,
  count,
  is,
  Param,
  Placeholder,
  type SQL,
  type SQLWrapper,
  SQL as SqlClass,
  StringChunk,
  Subquery,
  sql,
  Table,
  View,
} from "drizzle-orm";
import type {
  AppendToNullabilityMap,
  AppendToResult,
  JoinNullability,
  SelectMode,
  SelectResult,
} from "drizzle-orm/query-builders/select.types";
import type { ColumnsSelection } from "drizzle-orm/sql/sql";
import type { SelectedFieldsFlat, SQLiteColumn, SQLiteSelect, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Ctx } from "./context";
import type { Database } from "./database";
import { noOrganization } from "./errors";
import { requireReferences } from "./references";
import type { Resource } from "./resource";
import type { Row } from "./values";

/** What the gateway knows of one table. A table that is not listed cannot be reached. */
export type Policy = {
  readonly firewall: (ctx: Ctx) => SQL;
  /** Columns that only the caller's context sets. */
  readonly locked: ReadonlySet<string>;
  /** The time of a soft delete, if the table has one. */
  readonly deletedAt: string | null;
  readonly references: Resource["references"];
  created(ctx: Ctx): Row;
  modified(ctx: Ctx): Row;
  /** What goes with a soft delete. */
  deleted(ctx: Ctx): Row;
};

export type Policies = ReadonlyMap<SQLiteTable, Policy>;

/** The policy of a table with routes is what its routes go by. */
export function policyOf<Caller extends Ctx>(
  { firewall, deletedAt, references, created, modified, deleted }: Resource<SQLiteTable, Caller>,
  locked: readonly string[],
): Policy {
  return { firewall, locked: new Set(locked), deletedAt, references, created, modified, deleted };
}

/** By SQL name of each table: the columns that are locked, and those that are made when they are left out. */
export type Stamped = Record<string, { readonly locked: string; readonly made: string }>;

type NameOf<T extends SQLiteTable> = T["_"]["name"];
type Insert<T extends SQLiteTable> = T["$inferInsert"];
type LockedIn<T extends SQLiteTable, S extends Stamped> = S[NameOf<T>]["locked"];
type MadeIn<T extends SQLiteTable, S extends Stamped> = S[NameOf<T>]["made"] & keyof Insert<T>;

/** A new row without what the context sets. */
export type NewRow<T extends SQLiteTable, S extends Stamped> = Omit<Insert<T>, LockedIn<T, S> | MadeIn<T, S>> &
  Partial<Pick<Insert<T>, MadeIn<T, S>>>;

/** Changed values; an expression may compute them. */
export type Changes<T extends SQLiteTable, S extends Stamped> = {
  readonly [Name in Exclude<keyof Insert<T>, LockedIn<T, S>>]?: Insert<T>[Name] | SQL;
};

type Nulls = Record<string, JoinNullability>;
type Ordered = SQLiteColumn | SQL;

export class ScopedDb<Known extends SQLiteTable, S extends Stamped> {
  readonly #gate: Gate;

  constructor(db: Database, ctx: Ctx, policies: Policies, allowRawSql: boolean) {
    this.#gate = new Gate(db, ctx, policies, allowRawSql);
  }

  select(): SelectFrom<Known, undefined>;
  select<Fields extends SelectedFieldsFlat>(fields: Fields): SelectFrom<Known, Fields>;
  select(fields?: SelectedFieldsFlat): SelectFrom<Known, SelectedFieldsFlat | undefined> {
    return new SelectFrom(this.#gate, fields);
  }

  insert<T extends Known>(table: T): InsertInto<T, S> {
    return new InsertInto(this.#gate, table);
  }

  update<T extends Known>(table: T): UpdateOf<T, S> {
    return new UpdateOf(this.#gate, table);
  }

  delete<T extends Known>(table: T): ChangedRows<T> {
    return new ChangedRows(this.#gate, table, null);
  }

  /** How many rows of the table the caller can see. */
  async count(table: Known, where?: SQL): Promise<number> {
    const rows = await this.select({ total: count() }).from(table).where(where);
    return Number(rows[0]?.total ?? 0);
  }
}

/** The checks that every query of the gateway goes through. */
class Gate {
  constructor(
    readonly db: Database,
    readonly ctx: Ctx,
    readonly policies: Policies,
    readonly allowRawSql: boolean,
  ) {}

  policy(table: SQLiteTable): Policy {
    const policy = this.policies.get(table);
    if (!policy) throw new Error("This table has no scope: only an action marked unsafe may use it, through rawDb");
    return policy;
  }

  scoped(table: SQLiteTable, ...more: (SQL | undefined)[]): SQL {
    const predicates = more.map((predicate) => this.checked(predicate)).filter((predicate) => predicate !== undefined);
    return and(this.policy(table).firewall(this.ctx), ...predicates) ?? sql`false`;
  }

  /** Refuses expressions that reach a table past the gateway. */
  checked<Expression>(expression: Expression): Expression {
    if (!this.allowRawSql) inspect(expression);
    return expression;
  }

  /** Values as they are written: nothing locked, then what the server sets. */
  values(table: SQLiteTable, values: Row, stamps: (policy: Policy) => Row): Row {
    const policy = this.policy(table);
    for (const [name, value] of Object.entries(values)) {
      if (policy.locked.has(name)) throw new Error(`${name} is set from the caller's context and cannot be written`);
      this.checked(value);
    }
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const stamped = stamps(policy);
    const locked = Object.entries(stamped).filter(([name]) => policy.locked.has(name));
    if (locked.some(([, value]) => value === null || value === "")) throw noOrganization();
    return { ...stamped, ...Object.fromEntries(given), ...Object.fromEntries(locked) };
  }

  async references(table: SQLiteTable, rows: readonly Row[]): Promise<void> {
    const policy = this.policy(table);
    for (const row of rows) await requireReferences(this.db, this.ctx, policy, row);
  }
}

/** Words that bring in a table; `in` does where a name follows it. */
const REACHES_OUT = /\b(select|from|join|union|intersect|except|with|pragma|attach)\b|\bin(\s*["`[]|\s+\w)/i;

/** Columns, and values that are bound as parameters. */
const HARMLESS = [Column, Param, Placeholder];

function inspect(expression: unknown): void {
  if (expression instanceof ScopedSelect || HARMLESS.some((kind) => is(expression, kind))) return;
  if (is(expression, Table) || is(expression, View) || is(expression, Subquery)) throw pastTheGateway();
  if (is(expression, StringChunk)) {
    if (REACHES_OUT.test(expression.value.join(""))) throw pastTheGateway();
  } else if (is(expression, SqlClass)) {
    for (const chunk of expression.queryChunks) inspect(chunk);
  } else if (is(expression, SqlClass.Aliased)) inspect(expression.sql);
  else if (Array.isArray(expression)) for (const item of expression) inspect(item);
  else if (isWrapper(expression)) throw pastTheGateway();
}

const isWrapper = (value: unknown): value is SQLWrapper =>
  typeof value === "object" && value !== null && "getSQL" in value && typeof value.getSQL === "function";

const pastTheGateway = (): Error =>
  new Error("The expression reaches a table past the gateway: use db.select() for subqueries, or allowRawSql");

/** What a result row is: the table's columns, the named fields, or one object a table after a join. */
type Result<Selection, Mode extends SelectMode, N extends Nulls> = SelectResult<Selection, Mode, N>;

class SelectFrom<Known extends SQLiteTable, Fields extends SelectedFieldsFlat | undefined> {
  constructor(
    readonly gate: Gate,
    readonly fields: Fields,
  ) {
    for (const field of Object.values(fields ?? {})) if (!is(field, Table)) gate.checked(field);
  }

  from<T extends Known>(
    table: T,
  ): ScopedSelect<
    Known,
    NameOf<T>,
    Fields extends undefined ? T["_"]["columns"] : NonNullable<Fields>,
    Fields extends undefined ? "single" : "partial",
    Record<NameOf<T>, "not-null">
  > {
    const columns = this.fields ? this.gate.db.select(this.fields) : this.gate.db.select();
    const query: SQLiteSelect = columns.from(table).$dynamic();
    return new ScopedSelect(this.gate, query, this.gate.scoped(table));
  }
}

export class ScopedSelect<
  Known extends SQLiteTable,
  Name extends string,
  Selection extends ColumnsSelection,
  Mode extends SelectMode,
  N extends Nulls,
> implements PromiseLike<Result<Selection, Mode, N>[]>, SQLWrapper
{
  readonly #gate: Gate;
  readonly #query: SQLiteSelect;
  readonly #scope: SQL;

  constructor(gate: Gate, query: SQLiteSelect, scope: SQL) {
    this.#gate = gate;
    this.#scope = scope;
    this.#query = query.where(scope);
  }

  innerJoin<T extends Known>(
    table: T,
    on: SQL,
  ): ScopedSelect<
    Known,
    Name,
    AppendToResult<Name, Selection, NameOf<T>, T["_"]["columns"], Mode>,
    Mode extends "partial" ? Mode : "multiple",
    AppendToNullabilityMap<N, NameOf<T>, "inner">
  > {
    return new ScopedSelect(this.#gate, this.#query.innerJoin(table, this.#gate.scoped(table, on)), this.#scope);
  }

  leftJoin<T extends Known>(
    table: T,
    on: SQL,
  ): ScopedSelect<
    Known,
    Name,
    AppendToResult<Name, Selection, NameOf<T>, T["_"]["columns"], Mode>,
    Mode extends "partial" ? Mode : "multiple",
    AppendToNullabilityMap<N, NameOf<T>, "left">
  > {
    return new ScopedSelect(this.#gate, this.#query.leftJoin(table, this.#gate.scoped(table, on)), this.#scope);
  }

  /** Narrows the rows; a second call narrows further. */
  where(condition: SQL | undefined): ScopedSelect<Known, Name, Selection, Mode, N> {
    const narrowed = and(this.#scope, this.#gate.checked(condition)) ?? sql`false`;
    return new ScopedSelect(this.#gate, this.#query, narrowed);
  }

  groupBy(...columns: Ordered[]): this {
    this.#query.groupBy(...columns.map((column) => this.#gate.checked(column)));
    return this;
  }

  having(condition: SQL): this {
    this.#query.having(this.#gate.checked(condition));
    return this;
  }

  orderBy(...columns: Ordered[]): this {
    this.#query.orderBy(...columns.map((column) => this.#gate.checked(column)));
    return this;
  }

  limit(rows: number): this {
    this.#query.limit(rows);
    return this;
  }

  offset(rows: number): this {
    this.#query.offset(rows);
    return this;
  }

  /** All rows. */
  async all(): Promise<Result<Selection, Mode, N>[]> {
    return (await this.#query) as Result<Selection, Mode, N>[];
  }

  /** The first row. */
  async get(): Promise<Result<Selection, Mode, N> | undefined> {
    const [row] = await this.limit(1).all();
    return row;
  }

  // biome-ignore lint/suspicious/noThenProperty: a query is awaited, as Drizzle's own are
  then<Value = Result<Selection, Mode, N>[], Failure = never>(
    onRows?: ((rows: Result<Selection, Mode, N>[]) => Value | PromiseLike<Value>) | null,
    onError?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return this.all().then(onRows, onError);
  }

  /** So that a scoped query can stand inside a condition of another. */
  getSQL(): SQL {
    return this.#query.getSQL();
  }
}

class InsertInto<T extends SQLiteTable, S extends Stamped> {
  constructor(
    readonly gate: Gate,
    readonly table: T,
  ) {}

  values(rows: NewRow<T, S> | NewRow<T, S>[]): Written<T> {
    const list: Row[] = Array.isArray(rows) ? rows : [rows];
    const stamped = list.map((row) => this.gate.values(this.table, row, (policy) => policy.created(this.gate.ctx)));
    return new Written(this.gate, this.table, async () => {
      const table: SQLiteTable = this.table;
      await this.gate.references(table, stamped);
      const [first, ...others] = stamped.map((row) => this.gate.db.insert(table).values(row).returning());
      return first ? (await this.gate.db.batch([first, ...others])).flat() : [];
    });
  }
}

class UpdateOf<T extends SQLiteTable, S extends Stamped> {
  constructor(
    readonly gate: Gate,
    readonly table: T,
  ) {}

  set(values: Changes<T, S>): ChangedRows<T> {
    const { ctx } = this.gate;
    const stamped = this.gate.values(this.table, values, (policy) => ({
      ...policy.modified(ctx),
      ...(isDeletion(policy, values) ? policy.deleted(ctx) : {}),
    }));
    return new ChangedRows(this.gate, this.table, stamped);
  }
}

const isDeletion = ({ deletedAt }: Policy, values: Row): boolean =>
  deletedAt !== null && values[deletedAt] !== undefined && values[deletedAt] !== null;

/** The rows that a write returns, once it is awaited. */
class Written<T extends SQLiteTable> implements PromiseLike<T["$inferSelect"][]> {
  constructor(
    protected readonly gate: Gate,
    protected readonly table: T,
    protected readonly run: () => Promise<T["$inferSelect"][]>,
  ) {}

  /** Writes return their rows anyway; this is how Drizzle asks for them. */
  returning(): this {
    return this;
  }

  async get(): Promise<T["$inferSelect"] | undefined> {
    const [row] = await this.run();
    return row;
  }

  // biome-ignore lint/suspicious/noThenProperty: a query is awaited, as Drizzle's own are
  then<Value = T["$inferSelect"][], Failure = never>(
    onRows?: ((rows: T["$inferSelect"][]) => Value | PromiseLike<Value>) | null,
    onError?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return this.run().then(onRows, onError);
  }
}

/** An update (with values) or a delete (without). Without `where` it means every row that the caller can see. */
class ChangedRows<T extends SQLiteTable> extends Written<T> {
  constructor(gate: Gate, table: T, values: Row | null, scope: SQL = gate.scoped(table)) {
    super(gate, table, async () => {
      if (values) await gate.references(table, [values]);
      const query = values ? gate.db.update(table).set(values).where(scope) : gate.db.delete(table).where(scope);
      return query.returning();
    });
    this.#narrowed = (condition) =>
      new ChangedRows(gate, table, values, and(scope, gate.checked(condition)) ?? sql`false`);
  }

  readonly #narrowed: (condition: SQL | undefined) => ChangedRows<T>;

  where(condition: SQL | undefined): ChangedRows<T> {
    return this.#narrowed(condition);
  }
}
