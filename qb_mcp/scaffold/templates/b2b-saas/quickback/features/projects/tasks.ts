import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { projects } from "./projects";

export const tasks = sqliteTable("tasks", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id").notNull(),
  projectId: text("project_id")
    .notNull()
    .references(() => projects.id, { onDelete: "cascade" }),
  title: text("title").notNull(),
  details: text("details"),
  status: text("status", { enum: ["todo", "doing", "done"] })
    .notNull()
    .default("todo"),
});

const everyone = ["owner", "admin", "manager", "member"];

export default defineTable(tasks, {
  // People see their own tasks; the roles named here see every task of the organization.
  firewall: {
    organization: {},
    owner: { mode: "optional", bypassRoles: ["owner", "admin", "manager"] },
  },

  guards: {
    createable: ["title", "details", "status"],
    updatable: ["title", "details", "status"],
    immutable: ["projectId"],
  },

  validation: { title: { minLength: 1, maxLength: 200 } },

  crud: {
    list: { access: { roles: everyone } },
    get: { access: { roles: everyone } },
    create: { access: { roles: everyone } },
    update: { access: { roles: everyone } },
    delete: { access: { roles: ["owner", "admin", "manager"] } },
  },
});
