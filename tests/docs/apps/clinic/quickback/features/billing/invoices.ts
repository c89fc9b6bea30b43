import { defineTable } from "@quickback/compiler";
import { sql } from "drizzle-orm";
import { check, integer, numeric, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { patients } from "../care/patients";

export const invoices = sqliteTable(
  "invoices",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    patientId: text("patient_id").notNull().references(() => patients.id),
    number: text("number").notNull(),
    cents: integer("cents").notNull().default(0),
    rate: numeric("rate"),
    sent: integer("sent", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    uniqueIndex("invoices_number_unique").on(table.organizationId, table.number),
    check("invoices_cents", sql`${table.cents} >= 0`),
  ],
);

const billing = { roles: ["billing", "owner"] };

export default defineTable(invoices, {
  firewall: { organization: {} },
  guards: { createable: ["patientId", "number", "cents", "rate"], updatable: ["cents", "rate"], protected: { sent: ["send"] } },
  crud: {
    list: { access: billing },
    get: { access: billing },
    create: { access: billing },
    update: { access: { ...billing, record: { sent: { equals: false } } } },
    delete: { access: billing },
  },
});
