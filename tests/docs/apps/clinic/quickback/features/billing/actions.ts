import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { invoiceLines } from "./invoice-lines";
import { invoices } from "./invoices";

export default defineActions(invoices, {
  send: {
    description: "Add the lines up and send",
    access: { roles: ["billing"], record: { sent: { equals: false } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const lines = await db.select().from(invoiceLines).where(eq(invoiceLines.invoiceId, record.id));
      const cents = lines.reduce((sum, line) => sum + line.cents, 0);
      const [row] = await db.update(invoices).set({ sent: true, cents }).where(eq(invoices.id, record.id)).returning();
      return row;
    },
  },
  statement: {
    description: "The invoices as a file",
    standalone: true,
    method: "GET",
    responseType: "file",
    access: { roles: ["billing", "owner"] },
    execute: async ({ db }) => {
      const rows = await db.select().from(invoices);
      const csv = ["number,cents", ...rows.map((row) => `${row.number},${row.cents}`)].join("\n");
      return new Response(csv, { headers: { "Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="invoices.csv"' } });
    },
  },
});
