import { defineTable } from "@quickback/compiler";
import { index, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

const everyone = { roles: ["owner", "admin", "member"] };

export const candidates = sqliteTable(
  "candidates",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    phone: text("phone"),
    source: text("source", { enum: ["linkedin", "referral", "other"] }).notNull().default("other"),
  },
  (table) => [
    index("candidates_organization").on(table.organizationId),
    uniqueIndex("candidates_email").on(table.organizationId, table.email),
  ],
);

export default defineTable(candidates, {
  firewall: { organization: {}, softDelete: {} },
  guards: {
    createable: ["name", "email", "phone", "source"],
    updatable: ["name", "phone", "source"],
  },
  masking: { email: { type: "email", show: { roles: ["owner", "admin"] } }, phone: false },
  validation: { name: { minLength: 1, maxLength: 200 }, email: { email: true }, phone: { maxLength: 32 } },
  crud: {
    list: { access: everyone, pageSize: 20 },
    get: { access: everyone },
    create: { access: everyone },
  },
});
