import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { candidates } from "./candidates";

export default defineActions(candidates, {
  promote: {
    description: "To the next stage",
    access: { roles: ["owner", "admin"] },
    returns: "record",
    execute: async ({ db, record }) => {
      const [saved] = await db
        .update(candidates)
        .set({ stage: "promoted" })
        .where(eq(candidates.id, record.id))
        .returning();
      return saved;
    },
  },
});
