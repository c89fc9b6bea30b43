import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const candidates = sqliteTable("candidates", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  name: text("name").notNull(),
  email: text("email").notNull(),
  phone: text("phone"),
  ssn: text("ssn"),
  card: text("card"),
  nickname: text("nickname"),
  notes: text("notes"),
  rating: integer("rating"),
  stage: text("stage").notNull().default("new"),
  source: text("source").notNull(),
});

const masked = { roles: ["owner", "admin"] };

export default defineTable(candidates, {
  firewall: { organization: {}, softDelete: {} },
  guards: {
    createable: ["name", "phone", "ssn", "card", "nickname", "notes", "rating", "email", "source"],
    updatable: ["name", "phone", "ssn", "card", "nickname", "notes", "rating"],
    immutable: ["source"],
    protected: { stage: ["promote"] },
  },
  masking: {
    email: { type: "email", show: masked },
    phone: { type: "phone", show: masked },
    ssn: { type: "ssn", show: masked },
    card: { type: "creditCard", show: masked },
    nickname: { type: "name", show: masked },
    notes: { type: "redact", show: { roles: ["owner"], or: "owner" } },
    rating: { type: "custom", mask: (value) => (Number(value) > 5 ? "high" : "low"), show: masked },
  },
  validation: { email: { email: true }, phone: { pattern: "^[+0-9 ()-]+$" } },
  crud: {
    list: { access: { roles: ["owner", "admin", "member"] } },
    get: { access: { roles: ["owner", "admin", "member"] } },
    create: { access: { roles: ["owner", "admin", "member"] } },
    update: { access: { roles: ["owner", "admin"] } },
    delete: { access: { roles: ["owner", "admin"] } },
  },
  views: { directory: { fields: ["id", "name", "email"], access: { roles: ["owner", "admin", "member"] } } },
});
