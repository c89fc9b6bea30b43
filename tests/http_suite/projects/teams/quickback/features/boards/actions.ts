import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { boards } from "./boards";

export default defineActions(boards, {
  rename: {
    access: { roles: ["owner", "admin"] },
    input: z.object({ title: z.string() }),
    returns: "record",
    execute: async ({ db, record, input }) =>
      db.update(boards).set({ title: input.title }).where(eq(boards.id, record.id)).get(),
  },
  count: {
    access: { roles: ["owner", "admin"] },
    standalone: true,
    execute: async ({ db }) => ({ boards: await db.count(boards) }),
  },
});
