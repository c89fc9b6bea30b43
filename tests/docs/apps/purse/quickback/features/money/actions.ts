import { ActionError, defineActions } from "@quickback/compiler";
import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "./accounts";
import { tags } from "./labels";
import { transactions } from "./transactions";

const signedIn = { roles: ["AUTHENTICATED"] };
const open = { ...signedIn, record: { closed: { equals: false } } };

export default defineActions(accounts, {
  deposit: {
    description: "Put money in",
    input: z.object({ cents: z.number().int().positive(), memo: z.string().max(200).optional() }),
    access: open,
    returns: "record",
    execute: async ({ db, record, input }) => {
      await db.insert(transactions).values({ accountId: record.id, cents: input.cents, memo: input.memo, kind: "in", on: new Date() });
      const [row] = await db.update(accounts).set({ cents: record.cents + input.cents }).where(eq(accounts.id, record.id)).returning();
      return row;
    },
  },
  transfer: {
    description: "Move money to another account of mine",
    input: z.object({ to: z.number().int(), cents: z.number().int().positive() }),
    access: open,
    execute: async ({ db, record, input }) => {
      const [target] = await db.select().from(accounts).where(eq(accounts.id, input.to)).limit(1);
      if (!target) throw new ActionError("There is no such account", "ACCOUNT_UNKNOWN", 404);
      if (record.cents < input.cents) throw new ActionError("Not enough money", "FUNDS_MISSING", 409, { missing: input.cents - record.cents });
      await db.update(accounts).set({ cents: record.cents - input.cents }).where(eq(accounts.id, record.id));
      await db.update(accounts).set({ cents: target.cents + input.cents }).where(eq(accounts.id, target.id));
      await db.insert(transactions).values([
        { accountId: record.id, cents: -input.cents, kind: "transfer", on: new Date() },
        { accountId: target.id, cents: input.cents, kind: "transfer", on: new Date() },
      ]);
      return { from: record.cents - input.cents, to: target.cents + input.cents };
    },
  },
  close: {
    description: "No more bookings",
    access: { ...signedIn, record: { closed: { equals: false }, cents: { equals: 0 } } },
    execute: async ({ db, record }) => {
      await db.update(accounts).set({ closed: true }).where(eq(accounts.id, record.id));
      return { closed: true };
    },
  },
  month: {
    description: "Sums of a month by kind",
    standalone: true,
    method: "GET",
    input: z.object({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
    access: signedIn,
    allowRawSql: true,
    execute: async ({ db, input, env }) => {
      const from = new Date(`${input.month}-01T00:00:00Z`);
      const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
      const sums = await db
        .select({ kind: transactions.kind, cents: sql<number>`sum(${transactions.cents})` })
        .from(transactions)
        .where(and(gte(transactions.on, from), lt(transactions.on, to)))
        .groupBy(transactions.kind);
      return { currency: env.CURRENCY, sums };
    },
  },
  export: {
    description: "All bookings as CSV",
    standalone: true,
    method: "GET",
    path: "export-csv",
    responseType: "file",
    access: signedIn,
    execute: async ({ db, c }) => {
      const rows = await db.select().from(transactions).orderBy(desc(transactions.on));
      c.header("Content-Disposition", 'attachment; filename="bookings.csv"');
      return c.text(rows.map((row) => `${row.on.toISOString()},${row.cents}`).join("\n"));
    },
  },
  tag: {
    description: "Tag a booking",
    standalone: true,
    input: z.object({ transaction: z.number().int(), tag: z.string().min(1).max(20) }),
    access: signedIn,
    execute: async ({ db, input }) => {
      const [found] = await db.select().from(transactions).where(eq(transactions.id, input.transaction));
      if (!found) throw new ActionError("There is no such booking", "BOOKING_UNKNOWN", 404);
      await db.insert(tags).values({ transactionId: found.id, tag: input.tag });
      return { tags: await db.count(tags, eq(tags.transactionId, found.id)) };
    },
  },
});
