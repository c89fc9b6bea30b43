import { defineTable } from "@quickback/compiler";
import { integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { stations } from "./stations";

const everyone = ["owner", "admin", "member"];

export const readings = sqliteTable("readings", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id").notNull(),
  stationId: text("station_id").references(() => stations.id, { onDelete: "cascade", onUpdate: "cascade" }),
  degrees: real("degrees").notNull(),
  takenAt: integer("taken_at", { mode: "timestamp" }),
});

export default defineTable(readings, {
  firewall: { organization: {}, owner: { mode: "optional", bypassRoles: ["owner"] } },
  guards: { createable: ["degrees", "takenAt", "stationId"], updatable: ["degrees", "takenAt"] },
  defaultSort: { field: "degrees", order: "desc" },
  crud: {
    list: { access: { roles: everyone } },
    get: { access: { roles: everyone, record: { degrees: { greaterThan: -10, lessThanOrEqual: 50 } } } },
    create: { access: { roles: everyone } },
    update: {
      access: {
        roles: everyone,
        record: { degrees: { lessThan: 40 }, takenAt: { greaterThanOrEqual: "2026-01-01T00:00:00Z" } },
      },
    },
    batchUpdate: { access: { roles: ["owner"] }, allowAtomic: false, maxBatchSize: 2 },
    delete: { access: { roles: everyone }, mode: "hard" },
    batchDelete: false,
  },
});
