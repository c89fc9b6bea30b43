// Types of the definition language. The functions do nothing at run time: definitions are read, not executed.
import type { D1Database } from "@cloudflare/workers-types";
import type { InferSelectModel, SQL, SQLWrapper } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type {
  AppendToNullabilityMap,
  AppendToResult,
  JoinNullability,
  SelectMode,
  SelectResult,
} from "drizzle-orm/query-builders/select.types";
import type { ColumnsSelection } from "drizzle-orm/sql/sql";
import type {
  AnySQLiteColumn,
  AnySQLiteTable,
  SelectedFieldsFlat,
  SQLiteColumn,
  SQLiteTableWithColumns,
} from "drizzle-orm/sqlite-core";
import type { Context } from "hono";
import type { z } from "zod";

type Scalar = string | number | boolean | null;

// ---------------------------------------------------------------------------------------------------------------- config

/** The provider helpers return what plain objects `{ name, config }` say as well. */
export interface Provider<Name extends string, Options> {
  name: Name;
  config?: Options;
}

export interface RuntimeOptions {
  /** The Workers compatibility date; a tested one is used without it. */
  compatibilityDate?: string;
  routes?: readonly (string | { pattern: string; custom_domain?: boolean })[];
  observability?: { enabled: boolean };
}

export interface DatabaseOptions {
  /** How ids are made. `false`: the client supplies them, which PUT needs. Default `"prefixed"`. */
  generateId?: "uuid" | "cuid" | "nanoid" | "prefixed" | "serial" | false;
  /** Names of generated columns. Default `"snake_case"`. */
  namingConvention?: "camelCase" | "snake_case";
  /** `users` instead of `user` for the tables of Better Auth. Default `false`. */
  usePlurals?: boolean;
  /** Sign-in data lives in its own database: the only mode. */
  splitDatabases?: true;
  authBinding?: string;
  featuresBinding?: string;
  auditBinding?: string;
  databaseId?: string;
  authDatabaseId?: string;
  featuresDatabaseId?: string;
  auditDatabaseId?: string;
  filesDatabaseId?: string;
  webhooksDatabaseId?: string;
  kvNamespaceId?: string;
  webhooksBinding?: string;
  realtime?: boolean | Record<string, unknown>;
  additionalQueues?: {
    name: string;
    binding: string;
    maxBatchSize?: number;
    maxBatchTimeout?: number;
    maxRetries?: number;
  }[];
  /** Written to the `[vars]` of the Worker's configuration. */
  vars?: Record<string, string | number | boolean>;
}

export interface AuthOptions {
  emailAndPassword?: {
    enabled?: boolean;
    disableSignUp?: boolean;
    /** Nobody signs in with a password before the address is confirmed; needs mail. */
    requireEmailVerification?: boolean;
    autoSignIn?: boolean;
    minPasswordLength?: number;
    maxPasswordLength?: number;
  };
  /** By name, or with options: a list, or an object of options by name. */
  plugins?: (string | { name: string; config?: object })[] | Record<string, object>;
  trustedOrigins?: string[];
  session?: { expiresInDays?: number; updateAgeInDays?: number };
  rateLimit?: {
    enabled?: boolean;
    window?: number;
    max?: number;
    customRules?: Record<string, { window: number; max: number }>;
  };
  teams?: boolean | { enabled: boolean };
  [option: string]: unknown;
}

export interface SecurityContractOptions {
  failMode?: "error" | "warn";
  report?: {
    path?: string;
    signature?: {
      enabled?: boolean;
      required?: boolean;
      key?: string;
      keyEnv?: string;
      keyId?: string;
      path?: string;
    };
  };
}

export interface Config {
  name: string;
  template: "hono";
  features?: string[] | { organizations?: boolean };
  providers: {
    runtime: Provider<string, RuntimeOptions>;
    database: Provider<string, DatabaseOptions>;
    auth: Provider<string, AuthOptions>;
    [provider: string]: Provider<string, object>;
  };
  auth?: {
    /** Organization roles that exist. Naming them turns a misspelt role in a rule into an error. */
    roles?: string[];
    /** Roles from low to high; `"editor+"` in a rule means editor and everything above. */
    roleHierarchy?: string[];
    /** How long a JWT is good, and whether each use asks the database if it still is. */
    jwt?: { expiresInMinutes?: number; revocation?: "strict" | "expiry" };
  };
  /** That the API sends mail, and from whom: for forgotten passwords, addresses to confirm, invitations. */
  email?: { provider?: "aws-ses"; from?: string; fromName?: string } | false;
  compiler?: {
    features?: { auditFields?: boolean };
    migrations?: {
      /** Keys are new names, values old ones. */
      renames?: { tables?: Record<string, string>; columns?: Record<string, Record<string, string>> };
    };
    securityContracts?: SecurityContractOptions;
  };
  openapi?: { generate?: boolean; publish?: boolean };
  schemaRegistry?: { generate?: boolean };
  etag?: { enabled?: boolean };
  trustedOrigins?: string[];
  /** Requests a minute and address to `PUBLIC` routes. Default 120. */
  public?: { rateLimit?: number };
  [option: string]: unknown;
}

export declare function defineConfig(config: Config): Config;
export declare function defineRuntime<Name extends string>(
  name: Name,
  options?: RuntimeOptions,
): Provider<Name, RuntimeOptions>;
export declare function defineDatabase<Name extends string>(
  name: Name,
  options?: DatabaseOptions,
): Provider<Name, DatabaseOptions>;
export declare function defineAuth<Name extends string>(name: Name, options?: AuthOptions): Provider<Name, AuthOptions>;
export declare function defineFileStorage<Name extends string>(name: Name, options?: object): Provider<Name, object>;
export declare function defineStorage<Name extends string>(name: Name, options?: object): Provider<Name, object>;

// ----------------------------------------------------------------------------------------------------------------- rules

/** What a column is compared with: a literal, or a value of the caller's context such as `"$ctx.userId"`. */
export interface Condition {
  equals?: Scalar;
  notEquals?: Scalar;
  in?: readonly Scalar[];
  notIn?: readonly Scalar[];
  lessThan?: string | number;
  greaterThan?: string | number;
  lessThanOrEqual?: string | number;
  greaterThanOrEqual?: string | number;
}

/** All keys hold together. `PUBLIC` needs no sign-in, `AUTHENTICATED` any signed-in user. */
interface RuleOf<Column extends string, Branch> {
  roles?: readonly string[];
  /** The platform role of the user, apart from any organization. */
  userRole?: readonly string[];
  record?: { readonly [Name in Column]?: Condition };
  or?: readonly Branch[];
  and?: readonly Branch[];
}

export interface Rule<Column extends string = string> extends RuleOf<Column, Rule<Column>> {}

export interface Caller {
  authenticated: boolean;
  userId: string | null;
  userRole: string | null;
  activeOrgId: string | null;
  activeTeamId: string | null;
  roles: readonly string[];
  user: { id: string; email: string; name: string } | null;
}

/** Where rows are asked one by one, a rule or a branch of it may be code. */
export type Access<Column extends string, Row> =
  | MixedRule<Column, Row>
  | ((ctx: Caller, record: Row) => boolean | Promise<boolean>);

interface MixedRule<Column extends string, Row> extends RuleOf<Column, Access<Column, Row>> {}

// ---------------------------------------------------------------------------------------------------------------- tables

type AuditColumn = "createdAt" | "createdBy" | "modifiedAt" | "modifiedBy" | "deletedAt" | "deletedBy";
type ColumnOf<Table extends AnySQLiteTable> = keyof Table["_"]["columns"] & string;
type RowOf<Table extends AnySQLiteTable> = InferSelectModel<Table> & {
  createdAt: string;
  createdBy: string | null;
  modifiedAt: string;
  modifiedBy: string | null;
};

export interface Firewall<Column extends string> {
  organization?: { column?: Column; source?: string };
  owner?: {
    column?: Column;
    source?: string;
    /** `"optional"`: callers with a bypass role see every row of the organization. */
    mode?: "required" | "optional";
    bypassRoles?: readonly string[];
  };
  team?: { column?: Column; source?: string };
  softDelete?: { column?: Column | AuditColumn };
  /** Rows belong to nobody: for reference data. */
  exception?: true;
  /** `"hide"` answers 404 for everything that the caller may not see. */
  errorMode?: "reveal" | "hide";
  /** Lets organization roles count on an exception table. */
  orgRoles?: "any";
}

/** The firewall as a list. `equals` names `ctx.activeOrgId`, `ctx.userId` or `ctx.activeTeamId`. */
export type Predicate<Column extends string> =
  | { field: Column; equals: string }
  | { field: Column | AuditColumn; isNull: true };

export interface Guards<Column extends string> {
  createable?: readonly Column[];
  updatable?: readonly Column[];
  /** Accepted on create, never later. */
  immutable?: readonly Column[];
  /** Changed only by the named actions. */
  protected?: { readonly [Name in Column]?: readonly string[] };
}

export interface Mask<Value = string> {
  type: "email" | "phone" | "ssn" | "creditCard" | "name" | "redact" | "custom";
  /** Who sees the value as it is. Without it: nobody. */
  show?: { roles?: readonly string[]; or?: "owner" };
  /** For `type: "custom"`. */
  mask?: (value: Value) => string;
}

export interface FieldRules {
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
  pattern?: string | RegExp;
  enum?: readonly Scalar[];
  email?: boolean;
  url?: boolean;
}

type Write<Column extends string, Row> = { access: Access<Column, Row> };
type Batch<Column extends string, Row> =
  | false
  | { access?: Access<Column, Row>; maxBatchSize?: number; allowAtomic?: boolean };

export interface Crud<Column extends string, Row> {
  list?: {
    access: Rule<Column | AuditColumn>;
    pageSize?: number;
    maxPageSize?: number;
    fields?: readonly (Column | AuditColumn)[];
  };
  get?: { access: Access<Column | AuditColumn, Row>; fields?: readonly (Column | AuditColumn)[] };
  /** A rule in code gets no record: there is none yet. */
  create?: Write<Column | AuditColumn, undefined>;
  update?: Write<Column | AuditColumn, Row>;
  delete?: { access: Access<Column | AuditColumn, Row>; mode?: "soft" | "hard" };
  put?: Write<Column | AuditColumn, Row>;
  batchCreate?: Batch<Column | AuditColumn, undefined>;
  batchUpdate?: Batch<Column | AuditColumn, Row>;
  batchDelete?: Batch<Column | AuditColumn, Row>;
  batchUpsert?: Batch<Column | AuditColumn, Row>;
}

export type InputHint =
  | "select"
  | "multi-select"
  | "radio"
  | "checkbox"
  | "textarea"
  | "lookup"
  | "hidden"
  | "color"
  | "date"
  | "datetime"
  | "time"
  | "currency";

export interface TableConfig<Table extends AnySQLiteTable> {
  /** Which rows exist for a caller. Required, unless exactly one scope column makes it plain. */
  firewall?: Firewall<ColumnOf<Table>> | readonly (Predicate<ColumnOf<Table>> | Firewall<ColumnOf<Table>>)[];
  /** The same as `errorMode` inside the firewall. */
  firewallErrorMode?: "reveal" | "hide";
  crud?: Crud<ColumnOf<Table>, RowOf<Table>>;
  /** Which fields a client may write; `false` leaves all but the system-managed ones open. */
  guards?: false | Guards<ColumnOf<Table>>;
  /** How values are shown; `false` turns off an automatic mask. */
  masking?: { readonly [Name in ColumnOf<Table>]?: Mask<NonNullable<Table["$inferSelect"][Name]>> | false };
  views?: Record<
    string,
    {
      fields: readonly (ColumnOf<Table> | AuditColumn)[];
      access: Rule<ColumnOf<Table> | AuditColumn>;
    }
  >;
  validation?: { readonly [Name in ColumnOf<Table>]?: FieldRules | z.ZodType };
  displayColumn?: ColumnOf<Table>;
  references?: { readonly [Name in ColumnOf<Table>]?: string };
  inputHints?: { readonly [Name in ColumnOf<Table>]?: InputHint };
  layouts?: Record<
    string,
    { sections: { label: string; fields: readonly ColumnOf<Table>[]; columns?: 1 | 2; collapsed?: boolean }[] }
  >;
  defaultSort?: { field: ColumnOf<Table> | AuditColumn; order?: "asc" | "desc" };
  realtime?: {
    enabled?: boolean;
    onInsert?: boolean;
    onUpdate?: boolean;
    onDelete?: boolean;
    requiredRoles?: readonly string[];
    fields?: readonly ColumnOf<Table>[];
  };
  embeddings?: object;
}

/** One table, one security boundary: its routes come from this call. Use it as the file's default export. */
export declare function defineTable<Table extends AnySQLiteTable>(table: Table, config: TableConfig<Table>): void;

/** @deprecated Use `defineTable`. */
export declare function defineResource<Table extends AnySQLiteTable>(table: Table, config: TableConfig<Table>): void;

// ------------------------------------------------------------------------------------------- the style of later versions

/** A column of `q`: the type of its values, and whether it must have one. */
export interface QColumn<Data, NotNull extends boolean> {
  readonly _: { data: Data; notNull: NotNull };
  required(): QColumn<Data, true>;
  optional(): QColumn<Data, false>;
  default(value: Data): QColumn<Data, NotNull>;
  references(
    column: () => AnySQLiteColumn,
    actions?: { onDelete?: ReferenceAction; onUpdate?: ReferenceAction },
  ): QColumn<Data, NotNull>;
  primaryKey(): QColumn<Data, true>;
  unique(): QColumn<Data, NotNull>;
  index(): QColumn<Data, NotNull>;
  filterable(...operators: readonly string[]): QColumn<Data, NotNull>;
  searchable(): QColumn<Data, NotNull>;
}

type ReferenceAction = "cascade" | "restrict" | "no action" | "set null" | "set default";

export declare const q: {
  id(): QColumn<string, true>;
  text(options?: { maxLength?: number }): QColumn<string, false>;
  url(options?: { maxLength?: number }): QColumn<string, false>;
  enum<const Value extends string>(values: readonly Value[]): QColumn<Value, false>;
  int(): QColumn<number, false>;
  real(): QColumn<number, false>;
  boolean(): QColumn<boolean, false>;
  timestamp(): QColumn<Date, false>;
  json(): QColumn<unknown, false>;
  scope(scope: "organization" | "owner"): QColumn<string, true>;
};

type QColumns = Record<string, QColumn<unknown, boolean>>;

type LaterColumn<Name extends string, Data, NotNull extends boolean> = SQLiteColumn<{
  name: string;
  tableName: Name;
  dataType: "custom";
  columnType: "SQLiteCustomColumn";
  data: Data;
  driverParam: unknown;
  notNull: NotNull;
  hasDefault: true;
  isPrimaryKey: false;
  isAutoincrement: false;
  hasRuntimeDefault: false;
  enumValues: undefined;
}>;

/** The table that `feature` declares, as Drizzle knows it. */
export type FeatureTable<Name extends string, Columns extends QColumns> = SQLiteTableWithColumns<{
  name: Name;
  schema: undefined;
  dialect: "sqlite";
  columns: { [Key in keyof Columns]: LaterColumn<Name, Columns[Key]["_"]["data"], Columns[Key]["_"]["notNull"]> };
}>;

/** `crud.list` and `crud.get` under one rule. */
export interface Read<Column extends string> {
  access?: Rule<Column | AuditColumn>;
  fields?: readonly (Column | AuditColumn)[];
  pageSize?: number;
  maxPageSize?: number;
  views?: Record<string, { fields: readonly (Column | AuditColumn)[]; access?: Rule<Column | AuditColumn> }>;
}

/** A table and its security boundary in one call, as the default export or a named one. */
export declare function feature<const Name extends string, Columns extends QColumns>(
  name: Name,
  options: {
    columns: Columns;
    unique?: readonly ((keyof Columns & string) | readonly (keyof Columns & string)[])[];
    read?: Read<keyof Columns & string>;
  } & TableConfig<FeatureTable<Name, NoInfer<Columns>>>,
): FeatureTable<Name, Columns>;

// --------------------------------------------------------------------------------------------------------------- actions

type Row<T extends AnySQLiteTable> = T["$inferSelect"];
type Fields = SelectedFieldsFlat;
type Ordered = SQLiteColumn | SQL;
type NotNull<T extends AnySQLiteTable> = Record<T["_"]["name"], "not-null">;

/** What is known of a new row; ids, scope and audit columns are the server's. */
type NewRow<T extends AnySQLiteTable> = Partial<T["$inferInsert"]>;
type Changes<T extends AnySQLiteTable> = { [Name in keyof T["$inferInsert"]]?: T["$inferInsert"][Name] | SQL };

/** A query that is awaited, or stands inside a condition of another one. */
export interface ScopedSelect<
  Name extends string,
  Selection extends ColumnsSelection,
  Mode extends SelectMode,
  Nulls extends Record<string, JoinNullability>,
> extends PromiseLike<SelectResult<Selection, Mode, Nulls>[]>,
    SQLWrapper {
  innerJoin<T extends AnySQLiteTable>(
    table: T,
    on: SQL,
  ): ScopedSelect<
    Name,
    AppendToResult<Name, Selection, T["_"]["name"], T["_"]["columns"], Mode>,
    Mode extends "partial" ? Mode : "multiple",
    AppendToNullabilityMap<Nulls, T["_"]["name"], "inner">
  >;
  leftJoin<T extends AnySQLiteTable>(
    table: T,
    on: SQL,
  ): ScopedSelect<
    Name,
    AppendToResult<Name, Selection, T["_"]["name"], T["_"]["columns"], Mode>,
    Mode extends "partial" ? Mode : "multiple",
    AppendToNullabilityMap<Nulls, T["_"]["name"], "left">
  >;
  /** Narrows the rows; a second call narrows further. */
  where(condition: SQL | undefined): ScopedSelect<Name, Selection, Mode, Nulls>;
  groupBy(...columns: Ordered[]): this;
  having(condition: SQL): this;
  orderBy(...columns: Ordered[]): this;
  limit(rows: number): this;
  offset(rows: number): this;
  all(): Promise<SelectResult<Selection, Mode, Nulls>[]>;
  get(): Promise<SelectResult<Selection, Mode, Nulls> | undefined>;
}

interface ScopedFrom<Named extends Fields | undefined> {
  from<T extends AnySQLiteTable>(
    table: T,
  ): ScopedSelect<
    T["_"]["name"],
    Named extends undefined ? T["_"]["columns"] : NonNullable<Named>,
    Named extends undefined ? "single" : "partial",
    NotNull<T>
  >;
}

/** A write. Awaited, it gives the rows that it wrote. */
export interface ScopedWrite<T extends AnySQLiteTable> extends PromiseLike<Row<T>[]> {
  returning(): this;
  get(): Promise<Row<T> | undefined>;
}

export interface ScopedChange<T extends AnySQLiteTable> extends ScopedWrite<T> {
  where(condition: SQL | undefined): ScopedChange<T>;
}

/** The scoped database: every query stays inside the caller's firewall, joined tables included. */
export interface ScopedDatabase {
  select(): ScopedFrom<undefined>;
  select<Named extends Fields>(fields: Named): ScopedFrom<Named>;
  insert<T extends AnySQLiteTable>(table: T): { values(rows: NewRow<T> | NewRow<T>[]): ScopedWrite<T> };
  update<T extends AnySQLiteTable>(table: T): { set(values: Changes<T>): ScopedChange<T> };
  delete<T extends AnySQLiteTable>(table: T): ScopedChange<T>;
  count(table: AnySQLiteTable, where?: SQL): Promise<number>;
}

/** The request, and ways to build a response. */
export type RequestContext = Pick<Context, "req" | "json" | "text" | "body" | "header" | "status" | "newResponse">;

export interface Execution<Row, Input> {
  db: ScopedDatabase;
  /** The whole database; only in actions marked `unsafe`. */
  rawDb: DrizzleD1Database;
  ctx: Caller;
  record: Row;
  input: Input;
  /** Variables and secrets of the Worker, without its databases and other bindings. */
  env: Readonly<Record<string, string | number | boolean | undefined>>;
  c: RequestContext;
  auditFields: { createdAt: string; modifiedAt: string };
}

export interface Unsafe {
  /** Why the firewall has to be left; it is written to the audit trail. */
  reason: string;
  adminOnly?: boolean;
  /** Needs a platform admin, and every call is audited. */
  crossTenant?: boolean;
  targetScope?: "organization" | "all";
}

export interface Action<Table extends AnySQLiteTable, Input> {
  description?: string;
  input?: z.ZodType<Input>;
  access: Access<ColumnOf<Table> | AuditColumn, RowOf<Table>>;
  /** Exactly one of `execute` and `handler`. */
  execute?: (execution: Execution<RowOf<Table>, Input>) => unknown;
  /** A module beside the definitions that exports `execute`: `"./handlers/approve"`. */
  handler?: string;
  type?: "record" | "standalone";
  /** Not tied to a row. */
  standalone?: boolean;
  /** For standalone actions: the path below the table's route. */
  path?: string;
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  responseType?: "json" | "stream" | "file";
  sideEffects?: "sync" | "async" | "fire-and-forget";
  /** The action answers with the record, masked like any other. */
  returns?: "record";
  unsafe?: true | Unsafe;
  allowRawSql?: boolean;
  cms?: object;
  /** Refuses the action for records in a state that does not lead to the target. */
  transition?: Transition<ColumnOf<Table>>;
}

/** Which state of a column leads to which: `fromTo: { open: ["closed"] }`. The input field `via` says to which, or `to`. */
export type Transition<Column extends string> = {
  field: Column;
  fromTo: Record<string, readonly string[]>;
} & ({ to: string; via?: never } | { via: string; to?: never });

export declare function defineActions<Table extends AnySQLiteTable, Inputs extends Record<string, unknown>>(
  table: Table | null,
  actions: { [Name in keyof Inputs]: Action<Table, Inputs[Name]> },
): void;

/** Thrown by an action to refuse with a code and status of its own. */
export declare class ActionError extends Error {
  constructor(message: string, code: string, status?: number, details?: Record<string, unknown>);
}

// -------------------------------------------------------------------------------------------- read, and not generated yet

export declare function defineRealtime(namespace: { name: string; events: readonly string[]; description?: string }): void;
export declare function definePage(page: object): void;
export declare function defineQueue(queue: object): void;
export declare function defineEmbedding(embedding: object): void;

export type { D1Database };
