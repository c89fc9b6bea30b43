import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { venues } from "../catalogue/venues";

export const drafts = sqliteTable("drafts", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  title: text("title").notNull(),
  venueId: text("venue_id").notNull().references(() => venues.id),
  startsAt: integer("starts_at", { mode: "timestamp" }).notNull(),
  price: integer("price"),
  eventId: text("event_id"),
});

const staff = ["owner", "admin", "editor"];

export default defineTable(drafts, {
  firewall: { organization: {} },
  guards: { createable: ["title", "venueId", "startsAt", "price"], updatable: ["title", "startsAt", "price"], protected: { eventId: ["publish"] } },
  crud: {
    list: { access: { roles: staff } },
    get: { access: { roles: staff } },
    create: { access: { roles: staff } },
    update: { access: { roles: staff, record: { eventId: { equals: null } } } },
    delete: { access: { roles: ["owner", "admin"] } },
  },
});
