import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { appointments } from "./appointments";

export const notes = sqliteTable("notes", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id").notNull(),
  appointmentId: text("appointment_id").notNull().references(() => appointments.id),
  body: text("body").notNull(),
});

export default defineTable(notes, {
  firewall: { organization: {}, owner: { mode: "optional", bypassRoles: ["owner"] }, errorMode: "hide" },
  guards: { createable: ["body"], updatable: ["body"], immutable: ["appointmentId"] },
  crud: {
    list: { access: { roles: ["doctor+"] } },
    get: { access: { roles: ["doctor+"] } },
    create: { access: { roles: ["doctor"] } },
    update: { access: { roles: ["doctor"] } },
    delete: { access: { roles: ["doctor", "owner"] } },
  },
});
