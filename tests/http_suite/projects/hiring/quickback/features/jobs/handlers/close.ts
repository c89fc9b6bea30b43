import { ActionError, type Caller, type ScopedDatabase } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { closingNote } from "../closing";
import { type Job, jobs } from "../jobs";

export async function execute({ db, record, ctx }: { db: ScopedDatabase; record: Job; ctx: Caller }) {
  if (record.status === "closed") throw new ActionError("Closed already", "ALREADY_CLOSED", 409);
  await db.update(jobs).set({ status: "closed" }).where(eq(jobs.id, record.id));
  return { note: closingNote(record.title), by: ctx.userId };
}
