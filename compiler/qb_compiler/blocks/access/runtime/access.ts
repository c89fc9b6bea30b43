// Who may do it. A rule is data; its evaluation on a row and its SQL form come from the same object.
import { and, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Ctx, contextValue } from "./context";
import { conditionFailed, type Details, type ErrorMode, notVisible, roleRequired } from "./errors";
import { type Comparable, comparable, compare, type Field, type Fields, isIn, parameter, type Row } from "./values";

export type FromContext = { readonly context: string };
export type Operand = string | number | boolean | null | FromContext;

export type Condition = {
  readonly equals?: Operand;
  readonly notEquals?: Operand;
  readonly in?: readonly Operand[];
  readonly notIn?: readonly Operand[];
  readonly lessThan?: Operand;
  readonly greaterThan?: Operand;
  readonly lessThanOrEqual?: Operand;
  readonly greaterThanOrEqual?: Operand;
};

/** All keys hold together: roles and userRole and record and any of `or` and all of `and`. */
export type Rule = {
  readonly roles?: readonly string[];
  readonly userRole?: readonly string[];
  readonly record?: Readonly<Record<string, Condition>>;
  readonly or?: readonly Rule[];
  readonly and?: readonly Rule[];
};

type Conditions = NonNullable<Rule["record"]>;

/** A value of the caller's context, read when the rule runs; a missing one makes its condition false. */
export const fromContext = (path: string): FromContext => ({ context: path });

/** The role step: the rule with every record condition taken as true. */
export function requireRole(rule: Rule, ctx: Ctx): void {
  if (allowsRole(rule, ctx)) return;
  const platform = userRolesIn(rule);
  throw roleRequired({
    required: rolesIn(rule),
    current: ctx.roles,
    ...(platform.length ? { userRoleRequired: platform, userRoleCurrent: ctx.userRole } : {}),
  });
}

export type Guarded = {
  readonly errorMode: ErrorMode;
  readonly fields: Fields;
  /** What a caller must satisfy to know that a row exists, in hide mode. */
  readonly readable: Rule | null;
};

/** The record step, on a fetched row. In hide mode a row that the caller may not get does not exist. */
export function requireRecord(resource: Guarded, rule: Rule, ctx: Ctx, row: Row, details?: Details): void {
  const hidden = resource.errorMode === "hide" && resource.readable;
  if (hidden && !allows(hidden, resource.fields, ctx, row)) throw notVisible("hide", details);
  if (!allows(rule, resource.fields, ctx, row)) throw conditionFailed();
}

/** The record step of a row that a PUT is about to create. */
export function requireNewRecord(resource: Guarded, rule: Rule, ctx: Ctx, row: Row): void {
  if (!allows(rule, resource.fields, ctx, row)) throw conditionFailed();
}

/** A rule in the author's code. */
export type CodeRule<Found> = (ctx: Ctx, record: Found) => boolean | Promise<boolean>;

/** A rule with code among its branches. */
export type MixedRule<Found> =
  | CodeRule<Found>
  | (Omit<Rule, "or" | "and"> & {
      readonly or?: readonly MixedRule<Found>[];
      readonly and?: readonly MixedRule<Found>[];
    });

/** Such a rule as a rule in code; its functions are asked about signed-in callers only. */
export const mixed =
  <Found extends Row | undefined>(fields: Fields, rule: MixedRule<Found>): CodeRule<Found> =>
  (ctx, record) =>
    mixedHolds(rule, fields, ctx, record);

async function mixedHolds<Found extends Row | undefined>(
  rule: MixedRule<Found>,
  fields: Fields,
  ctx: Ctx,
  record: Found,
): Promise<boolean> {
  if (typeof rule === "function") return ctx.authenticated && (await rule(ctx, record)) === true;
  const { or: alternatives, and: others = [], ...data } = rule;
  if (!allows(data, fields, ctx, record ?? {})) return false;
  for (const branch of others) if (!(await mixedHolds(branch, fields, ctx, record))) return false;
  if (alternatives === undefined) return true;
  for (const branch of alternatives) if (await mixedHolds(branch, fields, ctx, record)) return true;
  return false;
}

/** The record step of a rule in code: anything but true refuses. */
export async function requireCode<Found>(rule: CodeRule<Found>, ctx: Ctx, row: Found): Promise<void> {
  if ((await rule(ctx, row)) !== true) throw conditionFailed();
}

/** The same where the answer decides whether the row exists: in hide mode for `get`, and before other answers. */
export async function requireCodeVisible<Found>(
  resource: Guarded,
  rule: CodeRule<Found>,
  ctx: Ctx,
  row: Found,
): Promise<void> {
  if ((await rule(ctx, row)) !== true) throw resource.errorMode === "hide" ? notVisible("hide") : conditionFailed();
}

/** The row is as it was when a rule in code saw it. */
export function unchanged(fields: Fields, row: Row): SQL {
  const same = [...fields].flatMap(([name, { column, kind }]) =>
    kind === "json" || kind === "blob" ? [] : [sql`${column} is ${sql.param(row[name] ?? null, column)}`],
  );
  return and(...same) ?? sql`false`;
}

/** Whether the rule holds for the caller on some row, as far as that can be known without one. */
export const allowsRole = (rule: Rule, ctx: Ctx): boolean => holds(rule, ctx, () => true);

/** Whether the whole rule holds for the caller and the row. */
export const allows = (rule: Rule, fields: Fields, ctx: Ctx, row: Row): boolean =>
  holds(rule, ctx, (conditions) =>
    Object.entries(conditions).every(([name, condition]) => {
      const field = fields.get(name);
      return field !== undefined && conditionHolds(condition, field, ctx, row[name]);
    }),
  );

/** Whether the rule holds for the caller on every row, whatever is in it. */
export const allowsAnyRow = (rule: Rule, ctx: Ctx): boolean => holds(rule, ctx, () => false);

/** The rule as a predicate: exactly the rows for which `allows` is true. */
export function recordFilter(rule: Rule, fields: Fields, ctx: Ctx): SQL {
  if (!rolesHold(rule.roles, ctx) || !userRoleHolds(rule.userRole, ctx)) return sql`false`;
  const parts = Object.entries(rule.record ?? {}).map(([name, condition]) => {
    const field = fields.get(name);
    return field ? conditionFilter(condition, field, ctx) : sql`false`;
  });
  if (rule.or) parts.push(or(...rule.or.map((branch) => recordFilter(branch, fields, ctx))) ?? sql`false`);
  for (const branch of rule.and ?? []) parts.push(recordFilter(branch, fields, ctx));
  return and(...parts) ?? sql`true`;
}

function holds(rule: Rule, ctx: Ctx, onRecord: (conditions: Conditions) => boolean): boolean {
  return (
    rolesHold(rule.roles, ctx) &&
    userRoleHolds(rule.userRole, ctx) &&
    (rule.record === undefined || onRecord(rule.record)) &&
    (rule.or === undefined || rule.or.some((branch) => holds(branch, ctx, onRecord))) &&
    (rule.and === undefined || rule.and.every((branch) => holds(branch, ctx, onRecord)))
  );
}

const rolesHold = (roles: Rule["roles"], ctx: Ctx): boolean =>
  roles === undefined ||
  roles.includes("PUBLIC") ||
  (roles.includes("AUTHENTICATED") && ctx.authenticated) ||
  ctx.roles.some((role) => roles.includes(role));

const userRoleHolds = (roles: Rule["userRole"], ctx: Ctx): boolean =>
  roles === undefined || (ctx.userRole !== null && roles.includes(ctx.userRole));

const branches = (rule: Rule): readonly Rule[] => [...(rule.or ?? []), ...(rule.and ?? [])];
const rolesIn = (rule: Rule): string[] => [...new Set([...(rule.roles ?? []), ...branches(rule).flatMap(rolesIn)])];
const userRolesIn = (rule: Rule): string[] => [
  ...new Set([...(rule.userRole ?? []), ...branches(rule).flatMap(userRolesIn)]),
];

type Ordering = "lessThan" | "greaterThan" | "lessThanOrEqual" | "greaterThanOrEqual";

const ORDERINGS: ReadonlyMap<Ordering, { holds: (order: number) => boolean; symbol: SQL }> = new Map([
  ["lessThan", { holds: (order: number) => order < 0, symbol: sql`<` }],
  ["greaterThan", { holds: (order: number) => order > 0, symbol: sql`>` }],
  ["lessThanOrEqual", { holds: (order: number) => order <= 0, symbol: sql`<=` }],
  ["greaterThanOrEqual", { holds: (order: number) => order >= 0, symbol: sql`>=` }],
]);

/** The operand for comparing with a column, or undefined when there is none: then the condition is false. */
function operand(value: Operand, field: Field, ctx: Ctx): Comparable | undefined {
  const literal = typeof value === "object" && value !== null ? contextValue(ctx, value.context) : value;
  return comparable(field.kind, literal) ?? undefined;
}

/** Literal nulls of a list match nothing; any other entry without a value makes the list undefined. */
function operands(values: readonly Operand[], field: Field, ctx: Ctx): Comparable[] | undefined {
  const found: Comparable[] = [];
  for (const value of values) {
    if (value === null) continue;
    const entry = operand(value, field, ctx);
    if (entry === undefined) return undefined;
    found.push(entry);
  }
  return found;
}

function conditionHolds(condition: Condition, field: Field, ctx: Ctx, stored: unknown): boolean {
  const value = comparable(field.kind, stored);
  const isNothing = stored === null || stored === undefined;
  const checks: boolean[] = [];
  if (condition.equals !== undefined) {
    const other = condition.equals === null ? null : operand(condition.equals, field, ctx);
    checks.push(other === null ? isNothing : value !== null && other !== undefined && value === other);
  }
  if (condition.notEquals !== undefined) {
    const other = condition.notEquals === null ? null : operand(condition.notEquals, field, ctx);
    checks.push(other === null ? !isNothing : value !== null && other !== undefined && value !== other);
  }
  if (condition.in) checks.push(value !== null && (operands(condition.in, field, ctx)?.includes(value) ?? false));
  if (condition.notIn) {
    const others = operands(condition.notIn, field, ctx);
    checks.push(value !== null && others !== undefined && !others.includes(value));
  }
  for (const [name, ordering] of ORDERINGS) {
    const written = condition[name];
    if (written === undefined) continue;
    const other = operand(written, field, ctx);
    checks.push(value !== null && other !== undefined && ordering.holds(compare(value, other)));
  }
  return checks.length > 0 && checks.every(Boolean);
}

function conditionFilter(condition: Condition, field: Field, ctx: Ctx): SQL {
  const parts: SQL[] = [];
  const compared = (symbol: SQL, value: Operand): SQL => {
    const other = operand(value, field, ctx);
    return other === undefined ? sql`false` : sql`${field.column} ${symbol} ${parameter(field, other)}`;
  };
  if (condition.equals !== undefined)
    parts.push(condition.equals === null ? isNull(field.column) : compared(sql`=`, condition.equals));
  if (condition.notEquals !== undefined)
    parts.push(condition.notEquals === null ? isNotNull(field.column) : compared(sql`<>`, condition.notEquals));
  if (condition.in) {
    const others = operands(condition.in, field, ctx);
    parts.push(others === undefined ? sql`false` : isIn(field, others));
  }
  if (condition.notIn) {
    const others = operands(condition.notIn, field, ctx);
    parts.push(others === undefined ? sql`false` : sql`${field.column} is not null and not (${isIn(field, others)})`);
  }
  for (const [name, ordering] of ORDERINGS) {
    const written = condition[name];
    if (written !== undefined) parts.push(compared(ordering.symbol, written));
  }
  return and(...parts) ?? sql`false`;
}
