import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { all, mine } from "./mine";

export const accounts = sqliteTable("accounts", {
  id: integer("id").primaryKey(),
  ownerId: text("owner_id").notNull(),
  name: text("name").notNull(),
  iban: text("iban"),
  cents: integer("cents").notNull().default(0),
  closed: integer("closed", { mode: "boolean" }).notNull().default(false),
});

export default defineTable(accounts, {
  firewall: { owner: {}, errorMode: "hide" },
  guards: { createable: ["name", "iban"], updatable: ["name", "iban"], protected: { cents: ["deposit", "transfer"], closed: ["close"] } },
  masking: { iban: false },
  validation: { name: { minLength: 1, maxLength: 40 }, iban: { pattern: "^[A-Z]{2}[0-9A-Z]{13,30}$" } },
  crud: { ...all, delete: { ...mine, mode: "hard" }, update: { access: { roles: ["AUTHENTICATED"], record: { closed: { equals: false } } } } },
});
