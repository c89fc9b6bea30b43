import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { all } from "../money/mine";
import { goals } from "./goals";

export const steps = sqliteTable("steps", {
  id: integer("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  goalId: integer("goal_id").notNull().references(() => goals.id),
  parentId: integer("parent_id"),
  what: text("what").notNull(),
  done: integer("done", { mode: "boolean" }).notNull().default(false),
});

export default defineTable(steps, {
  firewall: { owner: {} },
  guards: { createable: ["goalId", "parentId", "what"], updatable: ["what", "done"] },
  references: { parentId: "steps" },
  crud: all,
});
