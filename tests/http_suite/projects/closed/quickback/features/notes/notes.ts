import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const notes = sqliteTable("notes", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  body: text("body").notNull(),
});

const everyone = ["owner", "admin", "member"];

export default defineTable(notes, {
  firewall: { organization: {} },
  guards: { createable: ["body"], updatable: ["body"] },
  crud: {
    list: { access: { roles: everyone } },
    get: { access: { roles: everyone } },
    create: { access: { roles: ["owner", "admin"] } },
    update: { access: { roles: ["owner", "admin"] } },
  },
});
