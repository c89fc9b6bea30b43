import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const items = sqliteTable("items", {
  id: integer("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  label: text("label").notNull(),
  parentId: integer("parent_id"),
});

export default defineTable(items, {
  firewall: { organization: {}, softDelete: {} },
  references: { parentId: "items" },
  guards: { createable: ["label", "parentId"], updatable: ["label"] },
  crud: {
    list: { access: { roles: ["owner"] } },
    get: { access: { roles: ["owner"] } },
    create: { access: { roles: ["owner"] } },
    update: { access: { roles: ["owner"] } },
    delete: { access: { roles: ["owner"] } },
  },
});
