import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { all } from "../money/mine";

export const goals = sqliteTable("goals", {
  id: integer("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  title: text("title").notNull(),
  target: integer("target").notNull(),
  due: text("due"),
});

export default defineTable(goals, {
  guards: { createable: ["title", "target", "due"], updatable: ["title", "target", "due"] },
  crud: all,
});
