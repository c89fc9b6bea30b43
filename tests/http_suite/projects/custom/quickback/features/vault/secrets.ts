import { defineTable } from "@quickback/compiler";
import { blob, integer, numeric, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { z } from "zod";

const MAX_LEVEL = 5;
const shade = (value: string): string => `${value.length} letters`;
const opens = (level: number | null, limit: number): boolean => (level ?? 0) <= limit;

export const secrets = sqliteTable("secrets", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  kind: text("kind").$type<"door" | "safe">().notNull(),
  level: integer("level"),
  phrase: text("phrase").notNull(),
  serial: blob("serial", { mode: "bigint" }),
  amount: numeric("amount", { mode: "bigint" }),
  picture: blob("picture", { mode: "buffer" }),
});

export default defineTable(secrets, {
  firewall: { organization: {}, softDelete: {}, errorMode: "hide" },
  guards: {
    createable: ["kind", "level", "phrase", "serial", "amount", "picture"],
    updatable: ["phrase", "level"],
  },
  masking: { phrase: { type: "custom", mask: shade, show: { roles: ["owner"] } } },
  validation: { amount: { min: 0 } },
  crud: {
    list: { access: { roles: ["owner", "admin", "member"] } },
    get: { access: (ctx, record) => opens(record.level, ctx.roles.includes("owner") ? 9 : MAX_LEVEL) },
    create: { access: async (ctx) => ctx.roles.includes("owner") },
    update: { access: (ctx) => !ctx.roles.includes("member") },
    delete: { access: { roles: ["owner", "admin", "member"] } },
  },
});

export const inputs = z.object({ code: z.string() });
