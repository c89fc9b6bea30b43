import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { transactions } from "./transactions";

export const tags = sqliteTable("tags", {
  id: integer("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  transactionId: integer("transaction_id").notNull().references(() => transactions.id),
  tag: text("tag").notNull(),
});
