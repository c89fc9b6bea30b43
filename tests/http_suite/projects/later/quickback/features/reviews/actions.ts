import { defineActions } from "@quickback/compiler";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { reviews } from "./reviews";

const stages = { draft: ["open"], open: ["done", "draft"] };

export default defineActions(reviews, {
  publish: {
    access: { roles: ["owner", "admin"] },
    transition: { field: "stage", to: "open", fromTo: stages },
    execute: async ({ db, record }) => {
      const asRead = and(eq(reviews.id, record.id), eq(reviews.stage, record.stage));
      const changed = await db.update(reviews).set({ stage: "open" }).where(asRead).returning();
      return { changed: changed.length };
    },
  },
  move: {
    access: { roles: ["owner", "admin"], record: { notes: { notEquals: "frozen" } } },
    input: z.object({ next: z.enum(["draft", "open", "done"]), why: z.string().optional() }),
    transition: { field: "stage", via: "next", fromTo: stages },
    execute: async ({ db, record, input }) => {
      const asRead = and(eq(reviews.id, record.id), eq(reviews.stage, record.stage));
      const changed = await db.update(reviews).set({ stage: input.next }).where(asRead).returning();
      return { changed: changed.length };
    },
  },
  finish: {
    access: async (ctx) => ctx.roles.includes("owner"),
    transition: { field: "stage", to: "done", fromTo: stages },
    execute: async ({ db, record }) => {
      await db.update(reviews).set({ stage: "done" }).where(eq(reviews.id, record.id));
      return { done: true };
    },
  },
});
