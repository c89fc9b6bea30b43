import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

export const boards = sqliteTable("boards", {
  id: text("id").primaryKey(),
  tenant: text("tenant").notNull(),
  squadId: text("squad_id").notNull(),
  title: text("title").notNull(),
});

export default defineTable(boards, {
  firewall: { organization: { column: "tenant" }, team: { column: "squadId" }, softDelete: {} },
  guards: { createable: ["title"], updatable: ["title"] },
  crud: {
    list: { access: { roles: ["owner", "admin", "member"] } },
    get: { access: { roles: ["owner", "admin", "member"] } },
    create: { access: { roles: ["owner", "admin", "member"] } },
    update: { access: { roles: ["owner", "admin", "member"] } },
    delete: { access: { roles: ["owner", "admin"] } },
  },
});
