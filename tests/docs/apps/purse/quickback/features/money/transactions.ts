import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { accounts } from "./accounts";
import { categories } from "./categories";
import { all, mine } from "./mine";

export const transactions = sqliteTable("transactions", {
  id: integer("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  accountId: integer("account_id").notNull().references(() => accounts.id, { onDelete: "cascade" }),
  categoryId: integer("category_id").references(() => categories.id),
  cents: integer("cents").notNull(),
  on: integer("on", { mode: "timestamp" }).notNull(),
  memo: text("memo"),
  receipt: text("receipt", { mode: "json" }).$type<{ shop: string; items: string[] }>(),
  kind: text("kind", { enum: ["in", "out", "transfer"] }).notNull().default("out"),
});

export default defineTable(transactions, {
  firewall: { owner: {}, errorMode: "hide" },
  guards: { createable: ["accountId", "categoryId", "cents", "on", "memo", "receipt", "kind"], updatable: ["categoryId", "memo", "receipt"] },
  validation: { memo: { maxLength: 200 } },
  defaultSort: { field: "on" },
  crud: { ...all, batchCreate: { maxBatchSize: 200 } },
  views: { statement: { fields: ["on", "cents", "memo", "accountId"], ...mine } },
});
