import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { kept } from "./rules";

export const artists = sqliteTable("artists", {
  id: text("id").primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  links: text("links", { mode: "json" }).$type<Record<string, string>>(),
});

export default defineTable(artists, {
  firewall: { exception: true },
  guards: { createable: ["slug", "name", "links"], updatable: ["name", "links"] },
  validation: { slug: { pattern: "^[a-z0-9-]{2,40}$" } },
  crud: kept,
});
