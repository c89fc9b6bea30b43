import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { jobs } from "./jobs";

export const applications = sqliteTable("applications", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  jobId: text("job_id")
    .notNull()
    .references(() => jobs.id),
  candidateId: text("candidate_id"),
  stage: text("stage").notNull().default("applied"),
  score: integer("score"),
});

const everyone = ["owner", "admin", "member"];

// A list and its records show a member only what has got past the first stage.
const visible = {
  or: [{ roles: ["owner", "admin"] }, { roles: ["member"], record: { stage: { notIn: ["applied", "rejected"] } } }],
};

export default defineTable(applications, {
  firewall: { organization: {}, softDelete: {} },
  references: { candidateId: "candidates" },
  displayColumn: "stage",
  guards: { createable: ["jobId", "candidateId", "stage", "score"], updatable: ["stage", "score"] },
  crud: {
    list: { access: visible },
    get: { access: visible },
    create: { access: { roles: everyone } },
    update: { access: { roles: everyone } },
    delete: { access: { roles: everyone }, mode: "hard" },
  },
});
