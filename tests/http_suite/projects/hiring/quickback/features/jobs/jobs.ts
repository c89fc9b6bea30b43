import { defineTable } from "@quickback/compiler";
import { relations } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { departments } from "./departments";

export const jobs = sqliteTable("jobs", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  departmentId: text("department_id").references(() => departments.id),
  title: text("title").notNull(),
  status: text("status", { enum: ["draft", "open", "closed"] }).notNull().default("draft"),
  openings: integer("openings"),
  remote: integer("remote", { mode: "boolean" }).notNull().default(false),
  closesAt: integer("closes_at", { mode: "timestamp_ms" }),
  details: text("details", { mode: "json" }).$type<{ skills: string[] }>(),
  salaryMin: integer("salary_min"),
});

export const jobsRelations = relations(jobs, ({ one }) => ({
  department: one(departments, { fields: [jobs.departmentId], references: [departments.id] }),
}));

export type Job = typeof jobs.$inferSelect;

const everyone = ["owner", "admin", "member", "interviewer+"];

export default defineTable(jobs, {
  firewall: { organization: {}, softDelete: {} },
  guards: {
    createable: ["title", "departmentId", "openings", "remote", "closesAt", "details", "salaryMin"],
    updatable: ["title", "departmentId", "openings", "remote", "closesAt", "details", "salaryMin"],
    protected: { status: ["open", "close"] },
  },
  masking: { salaryMin: { type: "redact", show: { roles: ["owner", "hiring-manager"] } } },
  validation: { title: { minLength: 3, maxLength: 60 }, openings: { min: 1, max: 99 } },
  crud: {
    list: { access: { roles: everyone }, pageSize: 20, maxPageSize: 50 },
    get: { access: { roles: everyone } },
    create: { access: { roles: ["owner", "admin", "recruiter+"] } },
    update: {
      access: {
        or: [
          { roles: ["owner", "admin"] },
          { roles: ["member"], record: { createdBy: { equals: "$ctx.userId" }, status: { in: ["draft", "open"] } } },
        ],
      },
    },
    delete: { access: { roles: ["owner", "admin"], record: { status: { notEquals: "open" } } } },
    batchCreate: { access: { roles: ["owner", "admin"] }, maxBatchSize: 5 },
  },
  views: {
    board: { fields: ["id", "title", "status", "departmentId"], access: { roles: everyone } },
    pay: { fields: ["id", "title", "salaryMin"], access: { roles: ["owner", "member"] } },
    mine: {
      fields: ["id", "title", "createdAt"],
      access: { roles: everyone, record: { createdBy: { equals: "$userId" } } },
    },
  },
});
