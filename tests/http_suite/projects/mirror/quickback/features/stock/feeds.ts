import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const feeds = sqliteTable("feeds", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  url: text("url").notNull(),
  frozen: integer("frozen", { mode: "boolean" }).notNull().default(false),
});

export default defineTable(feeds, {
  firewall: { organization: {}, softDelete: {} },
  guards: false,
  crud: {
    get: { access: { roles: ["owner", "admin", "member"] } },
    update: { access: { roles: ["owner"] } },
    put: { access: (ctx, record) => ctx.roles.includes("owner") && !record.frozen },
    batchUpdate: false,
  },
});
