import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { invoices } from "./invoices";

const billing = ["owner", "admin", "billing"];

export default defineActions(invoices, {
  send: {
    description: "Send a draft to the customer",
    input: z.object({}),
    access: { roles: billing, record: { status: { equals: "draft" } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [sent] = await db
        .update(invoices)
        .set({ status: "sent" })
        .where(eq(invoices.id, record.id))
        .returning();
      return sent;
    },
  },

  markPaid: {
    description: "Record the payment of an invoice that was sent",
    input: z.object({}),
    access: { roles: billing, record: { status: { equals: "sent" } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [paid] = await db
        .update(invoices)
        .set({ status: "paid" })
        .where(eq(invoices.id, record.id))
        .returning();
      return paid;
    },
  },

  cancel: {
    description: "Void an invoice that nobody has paid",
    input: z.object({}),
    access: { roles: ["owner", "admin"], record: { status: { in: ["draft", "sent"] } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [voided] = await db
        .update(invoices)
        .set({ status: "void" })
        .where(eq(invoices.id, record.id))
        .returning();
      return voided;
    },
  },
});
