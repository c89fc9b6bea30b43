import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { events } from "../catalogue/events";

export const reviews = sqliteTable("reviews", {
  id: text("id").primaryKey(),
  eventId: text("event_id").notNull().references(() => events.id),
  stars: integer("stars").notNull(),
  text: text("text"),
  approved: integer("approved", { mode: "boolean" }).notNull().default(false),
}, (table) => [uniqueIndex("one_review").on(table.eventId, table.id)]);

const author = { roles: ["AUTHENTICATED"], record: { createdBy: { equals: "$ctx.userId" } } };
const approved = { roles: ["PUBLIC"], record: { approved: { equals: true } } };
const staff = { userRole: ["admin"] };

export default defineTable(reviews, {
  firewall: { exception: true, errorMode: "hide" },
  guards: { createable: ["stars", "text"], updatable: ["stars", "text"], immutable: ["eventId"], protected: { approved: ["approve"] } },
  validation: { stars: { min: 1, max: 5 }, text: { maxLength: 1000 } },
  crud: {
    list: { access: { or: [approved, author, staff] } },
    get: { access: { or: [approved, author, staff] } },
    create: { access: { roles: ["AUTHENTICATED"] } },
    update: { access: { ...author, record: { ...author.record, approved: { equals: false } } } },
    delete: { access: { or: [author, staff] } },
  },
});
