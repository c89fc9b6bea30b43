import { defineTable } from "@quickback/compiler";
import { integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { categories } from "./categories";
import { all } from "./mine";

export const budgets = sqliteTable("budgets", {
  id: integer("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  categoryId: integer("category_id").notNull().references(() => categories.id),
  month: text("month").notNull(),
  cents: integer("cents").notNull(),
  warnAt: real("warn_at").notNull().default(0.8),
});

export default defineTable(budgets, {
  firewall: { owner: {}, errorMode: "hide" },
  guards: { createable: ["categoryId", "month", "cents", "warnAt"], updatable: ["cents", "warnAt"] },
  validation: { month: { pattern: "^[0-9]{4}-[0-9]{2}$" }, cents: { min: 1 }, warnAt: { min: 0, max: 1 } },
  crud: all,
});
