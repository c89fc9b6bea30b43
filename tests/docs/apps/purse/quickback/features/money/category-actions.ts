import { defineActions } from "@quickback/compiler";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { categories } from "./categories";

export default defineActions(categories, {
  restore: {
    description: "Bring a deleted category back",
    standalone: true,
    input: z.object({ id: z.number().int() }),
    access: { roles: ["AUTHENTICATED"] },
    unsafe: { reason: "The firewall hides deleted rows; the owner is in the condition" },
    execute: async ({ rawDb, input, ctx }) => {
      const rows = await rawDb
        .update(categories)
        .set({ deletedAt: null, deletedBy: null })
        .where(and(eq(categories.id, input.id), eq(categories.userId, ctx.userId ?? "")))
        .returning();
      return { restored: rows.length };
    },
  },
});
