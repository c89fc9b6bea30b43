import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const countries = sqliteTable("countries", {
  id: text("id").primaryKey(),
  code: text("code").notNull().unique(),
  name: text("name").notNull(),
  published: text("published"),
});

export default defineTable(countries, {
  firewall: { exception: true },
  guards: { createable: ["code", "name", "published"], updatable: ["name", "published"] },
  crud: {
    list: {
      access: { or: [{ roles: ["PUBLIC"], record: { published: { equals: "yes" } } }, { userRole: ["admin"] }] },
      fields: ["id", "code", "name"],
    },
    get: { access: { roles: ["PUBLIC"] } },
    create: { access: { roles: ["PUBLIC"] } },
    update: { access: { userRole: ["admin"] } },
  },
});
