import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const jobs = sqliteTable("jobs", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  title: text("title").notNull(),
  team: text("team").notNull(),
  status: text("status", { enum: ["draft", "open", "closed"] })
    .notNull()
    .default("draft"),
  salaryFrom: integer("salary_from"),
  salaryTo: integer("salary_to"),
});

const everyone = ["owner", "admin", "recruiter", "member"];
const staff = ["owner", "admin", "recruiter"];

export default defineTable(jobs, {
  // Rows belong to the caller's active organization. The column is stamped by the server.
  firewall: { organization: {} },

  guards: {
    createable: ["title", "team", "status", "salaryFrom", "salaryTo"],
    updatable: ["title", "team", "status", "salaryFrom", "salaryTo"],
  },

  // Members see that a job has a salary, not which one.
  masking: {
    salaryFrom: { type: "redact", show: { roles: staff } },
    salaryTo: { type: "redact", show: { roles: staff } },
  },

  validation: {
    title: { minLength: 3, maxLength: 120 },
    salaryFrom: { min: 0 },
    salaryTo: { min: 0 },
  },

  crud: {
    list: { access: { roles: everyone } },
    get: { access: { roles: everyone } },
    create: { access: { roles: staff } },
    update: { access: { roles: staff } },
    delete: { access: { roles: ["owner", "admin"] } },
  },

  // GET /api/v1/jobs/views/board
  views: {
    board: { fields: ["id", "title", "team", "status"], access: { roles: everyone } },
  },
});
