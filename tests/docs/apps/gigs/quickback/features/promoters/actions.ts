import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { events } from "../catalogue/events";
import { drafts } from "./drafts";

export default defineActions(drafts, {
  publish: {
    description: "Make an event of the draft",
    access: { roles: ["owner", "admin"], record: { eventId: { equals: null } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [event] = await db
        .insert(events)
        .values({ title: record.title, venueId: record.venueId, startsAt: record.startsAt, price: record.price, promoter: record.organizationId })
        .returning();
      const [row] = await db.update(drafts).set({ eventId: event?.id }).where(eq(drafts.id, record.id)).returning();
      return row;
    },
  },
});
