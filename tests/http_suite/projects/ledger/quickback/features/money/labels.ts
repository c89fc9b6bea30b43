import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { payments } from "./payments";

// Without routes: actions use them.
export const labels = sqliteTable("labels", {
  id: text("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  name: text("name").notNull(),
});

export const receipts = sqliteTable("receipts", {
  id: text("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  paymentId: text("payment_id")
    .notNull()
    .references(() => payments.id),
  bytes: integer("bytes").notNull(),
});

export const currencies = sqliteTable("currencies", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
});
