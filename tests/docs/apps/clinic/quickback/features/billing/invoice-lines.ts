import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { invoices } from "./invoices";

export const invoiceLines = sqliteTable("invoice_lines", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  invoiceId: text("invoice_id").notNull().references(() => invoices.id),
  what: text("what").notNull(),
  cents: integer("cents").notNull(),
});

const billing = { roles: ["billing", "owner"] };

export default defineTable(invoiceLines, {
  firewall: { organization: {} },
  guards: { createable: ["invoiceId", "what", "cents"], updatable: ["what", "cents"] },
  crud: { list: { access: billing }, get: { access: billing }, create: { access: billing }, update: { access: billing }, delete: { access: billing } },
});
