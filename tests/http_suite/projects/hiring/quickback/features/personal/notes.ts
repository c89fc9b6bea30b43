import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

// Hidden: whoever may not see a note learns nothing about it.
export const notes = sqliteTable("notes", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id").notNull(),
  body: text("body").notNull(),
  pinned: text("pinned"),
});

export default defineTable(notes, {
  firewall: { organization: {}, owner: { mode: "optional" }, softDelete: {}, errorMode: "hide" },
  guards: { createable: ["body", "pinned"], updatable: ["body", "pinned"] },
  crud: {
    list: { access: { roles: ["owner", "admin", "member"] } },
    get: {
      access: { or: [{ roles: ["owner", "member"] }, { roles: ["admin"], record: { pinned: { notEquals: null } } }] },
    },
    create: { access: { roles: ["owner", "admin", "member"] } },
    update: { access: { roles: ["owner", "admin", "member"], record: { pinned: { equals: null } } } },
    delete: { access: { roles: ["owner", "admin", "member"] } },
  },
});
