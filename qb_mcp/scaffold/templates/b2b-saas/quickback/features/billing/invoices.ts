import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const invoices = sqliteTable("invoices", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  number: text("number").notNull(),
  customerName: text("customer_name").notNull(),
  customerEmail: text("customer_email").notNull(),
  cents: integer("cents").notNull(),
  dueOn: integer("due_on", { mode: "timestamp" }),
  status: text("status", { enum: ["draft", "sent", "paid", "void"] })
    .notNull()
    .default("draft"),
});

const billing = ["owner", "admin", "billing"];
const readers = ["owner", "admin", "billing", "manager"];

export default defineTable(invoices, {
  // A caller outside the organization cannot tell a foreign invoice from a missing one: 404 for both.
  firewall: { organization: {}, errorMode: "hide" },

  guards: {
    createable: ["customerName", "customerEmail", "cents", "dueOn"],
    updatable: ["customerName", "customerEmail", "cents", "dueOn"],
    immutable: ["number"],
    protected: { status: ["send", "markPaid", "cancel"] },
  },

  masking: {
    customerEmail: { type: "email", show: { roles: billing } },
  },

  validation: {
    number: { pattern: "^[A-Z0-9-]{1,20}$" },
    customerEmail: { email: true },
    cents: { min: 1 },
  },

  crud: {
    list: { access: { roles: readers } },
    get: { access: { roles: readers } },
    create: { access: { roles: billing } },
    // What has been sent is on paper: only drafts change or go.
    update: { access: { roles: billing, record: { status: { equals: "draft" } } } },
    delete: { access: { roles: billing, record: { status: { equals: "draft" } } } },
  },

  views: {
    ledger: { fields: ["id", "number", "customerName", "cents", "status", "createdAt"], access: { roles: readers } },
  },
});
