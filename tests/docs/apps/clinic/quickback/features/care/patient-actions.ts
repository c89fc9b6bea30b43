import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { patients } from "./patients";

export default defineActions(patients, {
  block: {
    description: "No appointments for this patient",
    input: z.object({ reason: z.string().min(3) }),
    access: { roles: ["admin+"], record: { blocked: { equals: false } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [row] = await db.update(patients).set({ blocked: true }).where(eq(patients.id, record.id)).returning();
      return row;
    },
  },
  unblock: {
    description: "Appointments again",
    access: { roles: ["admin+"], record: { blocked: { equals: true } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [row] = await db.update(patients).set({ blocked: false }).where(eq(patients.id, record.id)).returning();
      return row;
    },
  },
});
