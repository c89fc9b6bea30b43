import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const handovers = sqliteTable("handovers", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  teamId: text("team_id").notNull(),
  message: text("message").notNull(),
});

export default defineTable(handovers, {
  firewall: { organization: {}, team: {} },
  guards: { createable: ["message"] },
  crud: {
    list: { access: { roles: ["member+"] } },
    create: { access: { roles: ["member+"] } },
  },
});
