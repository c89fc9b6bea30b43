import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const rooms = sqliteTable("rooms", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  title: text("title").notNull(),
  seats: integer("seats").notNull().default(1),
});

export default defineTable(rooms, {
  firewall: { organization: {} },
  guards: { createable: ["title", "seats"], updatable: ["title", "seats"] },
  validation: { seats: { min: 1, max: 20 } },
  crud: {
    list: { access: { roles: ["member+"] } },
    get: { access: { roles: ["member+"] } },
    create: { access: { roles: ["admin+"] } },
    update: { access: { roles: ["admin+"] } },
    delete: { access: { roles: ["admin+"] }, mode: "hard" },
  },
});
