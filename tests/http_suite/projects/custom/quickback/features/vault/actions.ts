import { defineActions } from "@quickback/compiler";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { secrets } from "./secrets";

export default defineActions(secrets, {
  inspect: {
    description: "For platform admins of the organization",
    access: { roles: ["owner", "admin", "member"] },
    unsafe: { reason: "Support looks at a secret", adminOnly: true },
    execute: ({ record }) => ({ kind: record.kind }),
  },
  unlock: {
    description: "Opens low levels only",
    input: z.object({ code: z.string().min(4) }),
    access: (ctx, record) => ctx.roles.includes("owner") && (record.level ?? 0) < 3,
    execute: ({ input }) => ({ opened: input.code.length }),
  },
  lengths: {
    description: "Uses raw SQL in an expression, still inside the firewall",
    standalone: true,
    method: "GET",
    allowRawSql: true,
    access: { roles: ["owner"] },
    execute: async ({ db }) => ({
      rows: await db.select({ length: sql<number>`length(${secrets.phrase})`.as("length") }).from(secrets),
    }),
  },
});
