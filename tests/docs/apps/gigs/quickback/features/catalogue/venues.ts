import { defineTable } from "@quickback/compiler";
import { integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { kept } from "./rules";

export const venues = sqliteTable("venues", {
  id: text("id").primaryKey(),
  name: text("name", { length: 80 }).notNull(),
  city: text("city").notNull(),
  latitude: real("latitude"),
  longitude: real("longitude"),
  seats: integer("seats"),
  contactPhone: text("contact_phone"),
});

const own = ["name", "city", "latitude", "longitude", "seats"] as const;

export default defineTable(venues, {
  firewall: { exception: true },
  guards: { createable: [...own, "contactPhone"], updatable: [...own, "contactPhone"] },
  validation: { latitude: { min: -90, max: 90 }, longitude: { min: -180, max: 180 } },
  masking: { contactPhone: { type: "redact" } },
  crud: { ...kept, list: { ...kept.list, fields: ["id", ...own] }, get: { ...kept.get, fields: ["id", ...own] } },
});
