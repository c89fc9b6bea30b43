import { defineActions } from "@quickback/compiler";
import { eq, sql } from "drizzle-orm";
import { doorKeys } from "./door-keys";

export default defineActions(doorKeys, {
  copy: {
    description: "Owners copy any key, others theirs while it is not worn",
    access: {
      or: [
        { roles: ["owner"] },
        {
          roles: ["admin", "member"],
          record: { holder: { equals: "$userId" } },
          and: [(_, record) => record.label !== "worn"],
        },
      ],
    },
    returns: "record",
    execute: async ({ db, record }) => {
      const copies = sql`${doorKeys.copies} + 1`;
      const [copied] = await db.update(doorKeys).set({ copies }).where(eq(doorKeys.id, record.id)).returning();
      return copied;
    },
    allowRawSql: true,
  },
  audit: {
    description: "Without a record a rule in code asks the caller alone",
    standalone: true,
    method: "GET",
    access: { or: [{ roles: ["owner"] }, (ctx) => ctx.user?.email?.startsWith("admin") ?? false] },
    execute: async ({ db }) => ({ keys: (await db.select().from(doorKeys)).length }),
  },
});
