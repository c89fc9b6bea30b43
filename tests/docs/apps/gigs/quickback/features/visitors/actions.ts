import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { reviews } from "./reviews";
import { subscribers } from "./subscribers";

export default defineActions(reviews, {
  approve: {
    description: "Show a review to everybody",
    access: { userRole: ["admin"], record: { approved: { equals: false } } },
    returns: "record",
    execute: async ({ db, record }) => {
      const [row] = await db.update(reviews).set({ approved: true }).where(eq(reviews.id, record.id)).returning();
      return row;
    },
  },
  addresses: {
    description: "Addresses for the newsletter",
    standalone: true,
    method: "GET",
    access: { userRole: ["admin"] },
    execute: async ({ db }) => {
      const rows = await db.select({ email: subscribers.email }).from(subscribers);
      return rows.map((row) => row.email);
    },
  },
});
