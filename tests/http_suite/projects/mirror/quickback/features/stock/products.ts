import { defineTable } from "@quickback/compiler";
import { integer, numeric, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

// A copy of what another system holds: ids are that system's.
export const products = sqliteTable(
  "products",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    sku: text("sku").notNull(),
    name: text("name").notNull(),
    price: numeric("price"),
    weight: real("weight"),
    stock: integer("stock").notNull().default(0),
    locked: integer("locked", { mode: "boolean" }).notNull().default(false),
    seenAt: integer("seen_at", { mode: "timestamp" }),
    parentId: text("parent_id"),
  },
  (table) => [uniqueIndex("products_sku").on(table.organizationId, table.sku)],
);

const writers = { roles: ["owner", "admin"], record: { locked: { equals: false } } };

export default defineTable(products, {
  firewall: { organization: {}, softDelete: {} },
  references: { parentId: "products" },
  guards: false,
  masking: { name: false },
  crud: {
    list: { access: { roles: ["owner", "admin", "member"] } },
    get: { access: { roles: ["owner", "admin", "member"] } },
    create: { access: { roles: ["owner", "admin"] } },
    update: { access: writers },
    put: { access: writers },
    delete: { access: { roles: ["owner"] } },
  },
});
