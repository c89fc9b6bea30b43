import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { currencies, labels, receipts } from "./labels";
import { payments } from "./payments";

export default defineActions(payments, {
  addLabel: {
    description: "A label of the caller's own",
    standalone: true,
    input: z.object({ name: z.string() }),
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ db, input }) => db.insert(labels).values({ name: input.name }).get(),
  },
  myLabels: {
    description: "The caller's labels",
    standalone: true,
    method: "GET",
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ db }) => db.select().from(labels),
  },
  attach: {
    description: "A receipt of the payment",
    input: z.object({ bytes: z.number() }),
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ db, record, input }) => db.insert(receipts).values({ paymentId: record.id, bytes: input.bytes }).get(),
  },
  attachTo: {
    description: "A receipt of whichever payment the input names",
    input: z.object({ paymentId: z.string() }),
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ db, input }) => db.insert(receipts).values({ paymentId: input.paymentId, bytes: 1 }).get(),
  },
  move: {
    description: "Every receipt of the caller to whichever payment the input names",
    input: z.object({ paymentId: z.string() }),
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ db, input }) => db.update(receipts).set({ paymentId: input.paymentId }).where(eq(receipts.bytes, 1)),
  },
  receipts: {
    description: "The receipts of the payment",
    method: "GET",
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ db, record }) => db.select().from(receipts).where(eq(receipts.paymentId, record.id)),
  },
  addCurrency: {
    description: "Currencies belong to nobody",
    standalone: true,
    unsafe: true,
    input: z.object({ id: z.string(), name: z.string() }),
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ rawDb, input }) => rawDb.insert(currencies).values(input).returning(),
  },
});
