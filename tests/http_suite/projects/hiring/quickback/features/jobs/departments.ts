import { defineTable } from "@quickback/compiler";
import { sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const departments = sqliteTable(
  "departments",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    name: text("name").notNull(),
    parentId: text("parent_id"),
    headEmail: text("head_email"),
  },
  (table) => [uniqueIndex("departments_name").on(table.organizationId, table.name)],
);

export default defineTable(departments, {
  firewall: { organization: {} },
  references: { parentId: "departments" },
  guards: { createable: ["name", "parentId", "headEmail"], updatable: ["name", "parentId", "headEmail"] },
  masking: { headEmail: { type: "email", show: { roles: ["owner"] } } },
  crud: {
    list: { access: { roles: ["owner", "admin", "member", "interviewer+"] } },
    get: { access: { roles: ["owner", "admin", "member"] } },
    create: { access: { roles: ["owner", "admin"] } },
    update: { access: { roles: ["owner", "admin"] } },
    delete: { access: { roles: ["owner", "admin"] } },
  },
});
