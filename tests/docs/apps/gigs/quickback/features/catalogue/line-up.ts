import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { artists } from "./artists";
import { events } from "./events";
import { anybody, staff } from "./rules";

export const lineUp = sqliteTable(
  "line_up",
  {
    id: text("id").primaryKey(),
    eventId: text("event_id").notNull().references(() => events.id),
    artistId: text("artist_id").notNull().references(() => artists.id),
    position: integer("position").notNull().default(1),
  },
  (table) => [uniqueIndex("line_up_once").on(table.eventId, table.artistId)],
);

export default defineTable(lineUp, {
  firewall: { exception: true },
  guards: { createable: ["eventId", "artistId", "position"], updatable: ["position"] },
  crud: { list: anybody, create: staff, update: staff, delete: { ...staff, mode: "hard" } },
});
