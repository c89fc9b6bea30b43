import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { all } from "./mine";

export const categories = sqliteTable(
  "categories",
  {
    id: integer("id").primaryKey(),
    userId: text("user_id").notNull(),
    label: text("label").notNull(),
    color: text("color"),
    deletedAt: text("deleted_at"),
    deletedBy: text("deleted_by"),
  },
  (table) => [uniqueIndex("categories_label_unique").on(table.userId, table.label)],
);

export default defineTable(categories, {
  firewall: { owner: { column: "userId" }, errorMode: "hide" },
  guards: { createable: ["label", "color"], updatable: ["label", "color"] },
  inputHints: { color: "color" },
  crud: all,
});
