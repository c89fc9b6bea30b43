import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { candidates } from "./candidates";

const staff = ["owner", "admin", "recruiter"];
const inProcess = { stage: { in: ["applied", "interview", "offer"] } };

export default defineActions(candidates, {
  // POST /api/v1/candidates/:id/advance
  advance: {
    description: "Move a candidate to a later stage",
    input: z.object({ stage: z.enum(["interview", "offer", "hired"]) }),
    access: { roles: staff, record: inProcess },
    returns: "record",
    execute: async ({ db, record, input }) => {
      const [moved] = await db
        .update(candidates)
        .set({ stage: input.stage })
        .where(eq(candidates.id, record.id))
        .returning();
      return moved;
    },
  },

  // POST /api/v1/candidates/:id/decline
  decline: {
    description: "End the process for a candidate",
    input: z.object({ reason: z.string().min(1).max(500) }),
    access: { roles: staff, record: inProcess },
    returns: "record",
    execute: async ({ db, record, input }) => {
      const [declined] = await db
        .update(candidates)
        .set({ stage: "declined", notes: input.reason })
        .where(eq(candidates.id, record.id))
        .returning();
      return declined;
    },
  },
});
