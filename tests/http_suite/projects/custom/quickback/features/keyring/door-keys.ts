import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

const everyone = ["owner", "admin", "member"];
const few = (copies: number): boolean => copies <= 3;

// Every rule has code among its branches.
export const doorKeys = sqliteTable(
  "door_keys",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    label: text("label").notNull(),
    holder: text("holder"),
    copies: integer("copies").notNull().default(1),
    engraving: text("engraving"),
  },
  (table) => [uniqueIndex("door_keys_engraving").on(table.organizationId, table.engraving)],
);

export default defineTable(doorKeys, {
  firewall: { organization: {}, softDelete: {} },
  guards: { createable: ["label", "holder", "copies", "engraving"], updatable: ["label", "copies"] },
  masking: { engraving: { type: "redact", show: { roles: ["owner"] } } },
  crud: {
    list: { access: { roles: everyone } },
    get: { access: { or: [{ roles: ["owner"] }, (_, record) => few(record.copies)] } },
    create: { access: { or: [{ roles: ["owner"] }, async (ctx) => ctx.roles.includes("admin")] } },
    update: {
      access: {
        roles: everyone,
        and: [{ record: { holder: { equals: "$userId" } } }, (_, record) => record.label !== "locked"],
      },
    },
    delete: {
      access: {
        roles: ["owner", "admin"],
        or: [{ record: { copies: { equals: 0 } } }, (_, record) => record.label.startsWith("old ")],
      },
    },
  },
});
