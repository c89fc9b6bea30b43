import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { jobs } from "./jobs";

export const candidates = sqliteTable("candidates", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  jobId: text("job_id").references(() => jobs.id),
  name: text("name").notNull(),
  email: text("email").notNull(),
  phone: text("phone"),
  source: text("source"),
  notes: text("notes"),
  stage: text("stage", { enum: ["applied", "interview", "offer", "hired", "declined"] })
    .notNull()
    .default("applied"),
});

const everyone = ["owner", "admin", "recruiter", "member"];
const staff = ["owner", "admin", "recruiter"];

export default defineTable(candidates, {
  firewall: { organization: {} },

  guards: {
    createable: ["name", "email", "phone", "jobId", "notes"],
    updatable: ["name", "phone", "jobId", "notes"],
    // Written once, on create.
    immutable: ["source"],
    // Moves only through the actions in actions.ts.
    protected: { stage: ["advance", "decline"] },
  },

  // Members work with candidates without seeing how to reach them.
  masking: {
    email: { type: "email", show: { roles: staff } },
    phone: { type: "phone", show: { roles: staff } },
  },

  validation: {
    name: { minLength: 1, maxLength: 120 },
    email: { email: true },
  },

  crud: {
    list: { access: { roles: everyone } },
    get: { access: { roles: everyone } },
    create: { access: { roles: staff } },
    // Nobody edits a candidate who has left the process.
    update: { access: { roles: staff, record: { stage: { notIn: ["hired", "declined"] } } } },
    delete: { access: { roles: ["owner", "admin"] }, mode: "soft" },
  },

  views: {
    pipeline: { fields: ["id", "name", "jobId", "stage"], access: { roles: everyone } },
    contact: { fields: ["id", "name", "email", "phone"], access: { roles: staff } },
  },
});
