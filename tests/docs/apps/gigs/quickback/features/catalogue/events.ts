import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { venues } from "./venues";

export const events = sqliteTable("events", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  venueId: text("venue_id").notNull().references(() => venues.id),
  startsAt: integer("starts_at", { mode: "timestamp" }).notNull(),
  status: text("status", { enum: ["announced", "cancelled"] }).notNull().default("announced"),
  promoter: text("promoter").notNull(),
  price: integer("price"),
});

const staff = { userRole: ["admin"] };

export default defineTable(events, {
  firewall: { exception: true },
  guards: { updatable: ["title", "startsAt", "price"], protected: { status: ["cancel"] } },
  crud: {
    list: { access: { roles: ["PUBLIC"] }, pageSize: 20 },
    get: { access: { roles: ["PUBLIC"] } },
    update: { access: staff },
    delete: { access: staff },
  },
  views: { poster: { fields: ["title", "startsAt", "venueId"], access: { roles: ["PUBLIC"], record: { status: { equals: "announced" } } } } },
});
