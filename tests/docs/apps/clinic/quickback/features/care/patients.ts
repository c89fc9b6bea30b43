import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { desk, doctors, everyone } from "./roles";

export const patients = sqliteTable(
  "patients",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    number: text("number").notNull(),
    name: text("name").notNull(),
    born: integer("born", { mode: "timestamp" }),
    email: text("email"),
    phone: text("phone"),
    ssn: text("ssn"),
    allergies: text("allergies", { mode: "json" }).$type<string[]>(),
    insurance: text("insurance", { enum: ["public", "private", "none"] }).notNull().default("none"),
    blocked: integer("blocked", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [uniqueIndex("patients_number_unique").on(table.organizationId, table.number)],
);

export default defineTable(patients, {
  firewall: { organization: {}, errorMode: "hide" },
  guards: {
    createable: ["name", "born", "email", "phone", "ssn", "allergies", "insurance"],
    updatable: ["name", "born", "email", "phone", "allergies", "insurance"],
    immutable: ["number"],
    protected: { blocked: ["block", "unblock"] },
  },
  masking: {
    email: { type: "email", show: { roles: desk } },
    phone: { type: "phone", show: { roles: desk } },
    ssn: { type: "ssn", show: { roles: ["billing"] } },
    name: { type: "name", show: { roles: ["receptionist+", "billing"] } },
  },
  validation: {
    number: { pattern: /^P-[0-9]{4}$/ },
    name: { minLength: 2, maxLength: 80 },
    email: { email: true },
    ssn: { pattern: "^[0-9]{3}-[0-9]{2}-[0-9]{4}$" },
  },
  displayColumn: "name",
  defaultSort: { field: "name", order: "asc" },
  crud: {
    list: { access: { roles: everyone }, pageSize: 10, maxPageSize: 25 },
    get: { access: { roles: everyone } },
    create: { access: { roles: desk } },
    update: { access: { or: [{ roles: doctors }, { roles: ["receptionist"], record: { blocked: { equals: false } } }] } },
    delete: { access: { roles: ["admin+"] } },
    batchCreate: { maxBatchSize: 3 },
    batchDelete: false,
  },
  views: {
    phonebook: { fields: ["id", "name", "phone"], access: { roles: desk } },
    insurance: { fields: ["id", "number", "insurance", "ssn"], access: { roles: ["billing", "owner"] } },
  },
});
