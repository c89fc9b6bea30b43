import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

// Somebody's own rows, whatever organization is active.
export const bookmarks = sqliteTable("bookmarks", {
  id: text("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  url: text("url").notNull(),
  weight: integer("weight"),
});

export default defineTable(bookmarks, {
  firewall: { owner: {} },
  guards: false,
  validation: { url: { url: true } },
  crud: {
    list: { access: { roles: ["AUTHENTICATED"] } },
    get: { access: { roles: ["AUTHENTICATED"] } },
    create: { access: { roles: ["AUTHENTICATED"] } },
    update: { access: (ctx, record) => record.ownerId === ctx.userId && (record.weight ?? 0) < 10 },
    delete: { access: { roles: ["AUTHENTICATED"] }, mode: "hard" },
    batchDelete: false,
  },
});
