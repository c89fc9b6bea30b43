import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const projects = sqliteTable("projects", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  name: text("name").notNull(),
  customer: text("customer"),
  budget: integer("budget"),
  archived: integer("archived", { mode: "boolean" }).notNull().default(false),
});

const everyone = ["owner", "admin", "manager", "member"];
const managers = ["owner", "admin", "manager"];

export default defineTable(projects, {
  firewall: { organization: {} },

  guards: {
    createable: ["name", "customer", "budget"],
    updatable: ["name", "customer", "budget", "archived"],
  },

  masking: {
    budget: { type: "redact", show: { roles: managers } },
  },

  validation: {
    name: { minLength: 1, maxLength: 80 },
    budget: { min: 0 },
  },

  crud: {
    list: { access: { roles: everyone }, pageSize: 25 },
    get: { access: { roles: everyone } },
    create: { access: { roles: managers } },
    // Managers change what is running; only owners and admins touch the archive.
    update: {
      access: {
        or: [{ roles: ["owner", "admin"] }, { roles: ["manager"], record: { archived: { equals: false } } }],
      },
    },
    delete: { access: { roles: ["owner"] } },
  },

  views: {
    overview: { fields: ["id", "name", "customer", "archived"], access: { roles: everyone } },
  },
});
