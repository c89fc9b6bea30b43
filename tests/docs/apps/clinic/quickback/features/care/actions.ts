import { ActionError, defineActions } from "@quickback/compiler";
import { and, eq, gte, lt } from "drizzle-orm";
import { z } from "zod";
import { appointments } from "./appointments";
import { patients } from "./patients";
import { visits } from "./visits";

export default defineActions(appointments, {
  arrive: {
    description: "The patient is here",
    access: { roles: ["receptionist+"], record: { status: { equals: "booked" } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [patient] = await db.select().from(patients).where(eq(patients.id, record.patientId));
      if (patient?.blocked) throw new ActionError("This patient is blocked", "PATIENT_BLOCKED", 409);
      await db.insert(visits).values({ appointmentId: record.id, event: "arrived" });
      const [row] = await db.update(appointments).set({ status: "arrived" }).where(eq(appointments.id, record.id)).returning();
      return row;
    },
  },
  finish: {
    description: "The doctor is done",
    input: z.object({ minutes: z.number().int().min(1).max(240).optional() }),
    access: { roles: ["doctor"], record: { status: { equals: "arrived" }, doctorId: { equals: "$ctx.userId" } } },
    handler: "./handlers/finish",
    returns: "record",
  },
  miss: {
    description: "Nobody came",
    access: { roles: ["receptionist+"], record: { status: { equals: "booked" } } },
    execute: async ({ db, record }) => {
      await db.update(appointments).set({ status: "missed" }).where(eq(appointments.id, record.id));
      return { status: "missed" };
    },
  },
  day: {
    description: "The appointments of a day",
    standalone: true,
    method: "GET",
    path: "day",
    input: z.object({ date: z.iso.date() }),
    access: { roles: ["receptionist+"] },
    execute: async ({ db, input }) => {
      const from = new Date(`${input.date}T00:00:00Z`);
      const to = new Date(from.getTime() + 86_400_000);
      const rows = await db
        .select({ id: appointments.id, patient: patients.name, startsAt: appointments.startsAt })
        .from(appointments)
        .innerJoin(patients, eq(appointments.patientId, patients.id))
        .where(and(gte(appointments.startsAt, from), lt(appointments.startsAt, to)))
        .orderBy(appointments.startsAt);
      return { date: input.date, rows };
    },
  },
});
