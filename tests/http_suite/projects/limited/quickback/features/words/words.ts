import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const words = sqliteTable("words", {
  id: text("id").primaryKey(),
  word: text("word").notNull(),
});

export default defineTable(words, {
  firewall: { exception: true, errorMode: "hide" },
  guards: { createable: ["word"] },
  crud: {
    list: { access: { roles: ["PUBLIC"] } },
    create: { access: { roles: ["PUBLIC"] } },
  },
});
