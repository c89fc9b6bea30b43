import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const subscribers = sqliteTable("subscribers", {
  id: text("id").primaryKey(),
  email: text("email").notNull(),
  city: text("city"),
});

export default defineTable(subscribers, {
  firewall: { exception: true },
  guards: { createable: ["email", "city"] },
  masking: { email: { type: "email" } },
  validation: { email: { email: true } },
  crud: {
    create: { access: { roles: ["PUBLIC"] } },
    batchCreate: false,
    list: { access: { userRole: ["admin"] } },
    delete: { access: { userRole: ["admin"] }, mode: "hard" },
  },
});
