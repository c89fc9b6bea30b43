// Who is calling. Built once per request from the session; every rule reads it and nothing else.
import { type Placeholder, sql } from "drizzle-orm";
import { noOrganization, noScope } from "./errors";

export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
};

export type Ctx = {
  readonly authenticated: boolean;
  readonly userId: string | null;
  /** The platform role: a column of the user, not of a membership. */
  readonly userRole: string | null;
  /** Only set while the user is a member of that organization. */
  readonly activeOrgId: string | null;
  readonly activeTeamId: string | null;
  /** The roles of the membership in the active organization. */
  readonly roles: readonly string[];
  readonly user: User | null;
};

export type SignedIn = Ctx & {
  readonly authenticated: true;
  readonly userId: string;
  readonly user: User;
};

export type InOrganization = { readonly activeOrgId: string };

export const ANONYMOUS: Ctx = {
  authenticated: false,
  userId: null,
  userRole: null,
  activeOrgId: null,
  activeTeamId: null,
  roles: [],
  user: null,
};

/** The organization step: refuses a caller without an active organization. */
export function requireOrganization<C extends Ctx>(ctx: C): asserts ctx is C & InOrganization {
  if (!ctx.activeOrgId) throw noOrganization();
}

/** A dotted path under the context, own properties only; anything missing is null. */
export function contextValue(ctx: Ctx, path: string): unknown {
  let value: unknown = ctx;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
    value = Reflect.get(value, key);
  }
  return value ?? null;
}

/** The scope step: the value that a scope compares with; a caller without one can neither write nor act. */
export function requireScope(ctx: Ctx, path: string): string {
  const value = contextValue(ctx, path);
  if (typeof value !== "string" || value === "") throw noScope(path);
  return value;
}

/** The part of the context that the firewall reads; in a prepared query its values are placeholders. */
export type Scoping = {
  readonly userId: string | Placeholder | null;
  readonly activeOrgId: string | Placeholder | null;
  readonly activeTeamId: string | Placeholder | null;
};

export const PREPARED: Scoping = {
  userId: sql.placeholder("userId"),
  activeOrgId: sql.placeholder("activeOrgId"),
  activeTeamId: sql.placeholder("activeTeamId"),
};

/** The values for the placeholders above; a null matches no row, since nothing equals NULL. */
export const scopeOf = (ctx: Ctx): Record<keyof Scoping, string | null> => ({
  userId: ctx.userId,
  activeOrgId: ctx.activeOrgId,
  activeTeamId: ctx.activeTeamId,
});
