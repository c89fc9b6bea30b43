import { ActionError, defineActions } from "@quickback/compiler";
import { count, eq } from "drizzle-orm";
import { z } from "zod";
import { applications } from "./applications";
import { interviewScores } from "./interview-scores";
import { jobs } from "./jobs";

export default defineActions(jobs, {
  open: {
    description: "Opens a draft for applications",
    input: z.object({ openings: z.number().int().min(1).optional() }),
    access: { roles: ["owner", "admin"], record: { status: { equals: "draft" } } },
    returns: "record",
    execute: async ({ db, record, input }) => {
      const [saved] = await db
        .update(jobs)
        .set({ status: "open", openings: input.openings ?? record.openings })
        .where(eq(jobs.id, record.id))
        .returning();
      return saved;
    },
  },
  close: {
    description: "Closes a job",
    access: { roles: ["owner", "admin"] },
    handler: "./handlers/close",
  },
  "rate-interview": {
    description: "Stores a score and counts all of them",
    input: z.object({ score: z.number().int().min(0).max(10) }),
    access: { roles: ["owner", "admin", "member"] },
    execute: async ({ db, record, input }) => {
      await db.insert(interviewScores).values({ jobId: record.id, score: input.score });
      const rows = await db.select({ total: count() }).from(interviewScores).where(eq(interviewScores.jobId, record.id));
      return { total: rows[0]?.total ?? 0 };
    },
  },
  applicants: {
    description: "Jobs with their applications, joined inside the firewall",
    standalone: true,
    method: "GET",
    input: z.object({ stage: z.string() }),
    access: { roles: ["owner", "admin", "member"] },
    execute: async ({ db, input }) => {
      const rows = await db
        .select({ title: jobs.title, stage: applications.stage })
        .from(jobs)
        .innerJoin(applications, eq(applications.jobId, jobs.id))
        .where(eq(applications.stage, input.stage));
      return { rows };
    },
  },
  export: {
    description: "All titles as a file",
    standalone: true,
    method: "GET",
    path: "reports/titles",
    responseType: "file",
    access: { roles: ["owner"] },
    execute: async ({ db }) => {
      const rows = await db.select().from(jobs).orderBy(jobs.title);
      return new Response(rows.map((row) => row.title).join("\n"), { headers: { "Content-Type": "text/csv" } });
    },
  },
  refuse: {
    description: "Always refuses",
    access: { roles: ["owner", "admin", "member"] },
    execute: async ({ record }) => {
      throw new ActionError("Not today", "NOT_TODAY", 422, { title: record.title });
    },
  },
  steal: {
    description: "Tries to write into another organization",
    input: z.object({ id: z.string(), title: z.string() }),
    standalone: true,
    access: { roles: ["owner"] },
    execute: async ({ db, input }) => {
      const rows = await db.update(jobs).set({ title: input.title }).where(eq(jobs.id, input.id)).returning();
      return { changed: rows.length };
    },
  },
  purge: {
    description: "Uses the whole database within the organization's walls of the author's own making",
    standalone: true,
    unsafe: true,
    access: { roles: ["owner"] },
    execute: async ({ rawDb, ctx }) => {
      const rows = await rawDb.select().from(jobs);
      return { all: rows.length, caller: ctx.userId };
    },
  },
  transfer: {
    description: "Moves a job to another organization",
    input: z.object({ organizationId: z.string() }),
    access: { roles: ["AUTHENTICATED"] },
    unsafe: { reason: "Support moves misplaced jobs", crossTenant: true, targetScope: "all" },
    execute: async ({ rawDb, record, input }) => {
      await rawDb.update(jobs).set({ organizationId: input.organizationId }).where(eq(jobs.id, record.id));
      return { moved: record.id };
    },
  },
});
