import { defineActions } from "@quickback/compiler";
import { and, eq, gte } from "drizzle-orm";
import { z } from "zod";
import { events } from "./events";
import { venues } from "./venues";

export default defineActions(events, {
  cancel: {
    description: "The event does not take place",
    access: { userRole: ["admin"], record: { status: { equals: "announced" } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [row] = await db.update(events).set({ status: "cancelled" }).where(eq(events.id, record.id)).returning();
      return row;
    },
  },
  upcoming: {
    description: "Events of a city from now on",
    standalone: true,
    method: "GET",
    input: z.object({ city: z.string().min(2) }),
    access: { roles: ["PUBLIC"] },
    execute: async ({ db, input }) => {
      return db
        .select({ title: events.title, startsAt: events.startsAt, venue: venues.name })
        .from(events)
        .innerJoin(venues, eq(events.venueId, venues.id))
        .where(and(gte(events.startsAt, new Date()), eq(venues.city, input.city)))
        .limit(50);
    },
  },
});
