// What the server sets in the audit columns of a table that has all of them, as ISO text.
import type { Ctx } from "./context";

/** On every create. */
export function createdNow(ctx: Ctx) {
  const now = new Date().toISOString();
  return { createdAt: now, createdBy: ctx.userId, modifiedAt: now, modifiedBy: ctx.userId };
}

/** On every change. */
export const modifiedNow = (ctx: Ctx) => ({ modifiedAt: new Date().toISOString(), modifiedBy: ctx.userId });

/** On a soft delete; rows that go together carry the same time. */
export function deletedNow(ctx: Ctx, now = new Date()) {
  const time = now.toISOString();
  return { deletedAt: time, deletedBy: ctx.userId, modifiedAt: time, modifiedBy: ctx.userId };
}
