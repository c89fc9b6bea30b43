import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const stations = sqliteTable("stations", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  name: text("name").notNull(),
});

export default defineTable(stations, {
  firewall: { organization: {} },
  guards: { createable: ["name"], updatable: ["name"] },
  crud: {
    create: { access: { roles: ["owner", "admin", "member"] } },
    delete: { access: { roles: ["owner"] }, mode: "hard" },
  },
});
