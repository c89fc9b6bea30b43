import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

// Without organizations a role is the user's own.
export const ads = sqliteTable("ads", {
  id: text("id").primaryKey(),
  text: text("text").notNull(),
  contactEmail: text("contact_email"),
});

export default defineTable(ads, {
  firewall: { exception: true, orgRoles: "any" },
  guards: { createable: ["text", "contactEmail"], updatable: ["text"] },
  masking: { contactEmail: { type: "email", show: { roles: ["admin"], or: "owner" } } },
  crud: {
    list: { access: { roles: ["user", "admin"] } },
    create: { access: { roles: ["user", "admin"] } },
    delete: { access: { or: [{ roles: ["admin"] }, { record: { createdBy: { equals: "$userId" } } }] }, mode: "hard" },
  },
});
