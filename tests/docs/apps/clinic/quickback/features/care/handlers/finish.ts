import type { Execution } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { appointments } from "../appointments";
import { visits } from "../visits";

export const execute = async ({ db, record, input }: Execution<typeof appointments.$inferSelect, { minutes?: number }>) => {
  await db.insert(visits).values({ appointmentId: record.id, event: "done" });
  const minutes = input.minutes ?? record.minutes;
  const [row] = await db.update(appointments).set({ status: "done", minutes }).where(eq(appointments.id, record.id)).returning();
  return row;
};
