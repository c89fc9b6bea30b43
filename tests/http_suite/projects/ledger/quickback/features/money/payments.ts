import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { currencies, labels } from "./labels";

export const payments = sqliteTable("payments", {
  id: text("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  cents: integer("cents").notNull(),
  labelId: text("label_id").references(() => labels.id),
  currencyId: text("currency_id").references(() => currencies.id),
});

export default defineTable(payments, {
  firewall: { owner: {} },
  guards: { createable: ["cents", "labelId", "currencyId"], updatable: ["labelId"] },
  crud: {
    get: { access: { roles: ["AUTHENTICATED"] } },
    create: { access: { roles: ["AUTHENTICATED"] } },
    update: { access: { roles: ["AUTHENTICATED"] } },
    delete: { access: { roles: ["AUTHENTICATED"] } },
  },
});
