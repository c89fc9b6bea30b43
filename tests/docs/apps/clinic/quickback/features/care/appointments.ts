import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { patients } from "./patients";
import { desk } from "./roles";
import { rooms } from "./rooms";

export const appointments = sqliteTable("appointments", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  patientId: text("patient_id").notNull().references(() => patients.id),
  roomId: text("room_id").references(() => rooms.id),
  doctorId: text("doctor_id").notNull(),
  startsAt: integer("starts_at", { mode: "timestamp" }).notNull(),
  minutes: integer("minutes").notNull().default(20),
  status: text("status", { enum: ["booked", "arrived", "done", "missed"] }).notNull().default("booked"),
  subject: text("subject"),
});

export default defineTable(appointments, {
  firewall: { organization: {} },
  guards: {
    createable: ["patientId", "roomId", "doctorId", "startsAt", "minutes", "subject"],
    updatable: ["roomId", "startsAt", "minutes", "subject"],
    protected: { status: ["arrive", "finish", "miss"] },
  },
  validation: { minutes: { min: 5, max: 240 } },
  crud: {
    list: {
      access: { or: [{ roles: ["receptionist", "admin+"] }, { roles: ["doctor"], record: { doctorId: { equals: "$ctx.userId" } } }] },
    },
    get: {
      access: { or: [{ roles: ["receptionist", "admin+"] }, { roles: ["doctor"], record: { doctorId: { equals: "$ctx.userId" } } }] },
    },
    create: { access: { roles: desk } },
    update: { access: { roles: desk, record: { status: { in: ["booked", "arrived"] } } } },
    delete: { access: { roles: desk, record: { status: { equals: "booked" } } } },
  },
  views: { calendar: { fields: ["id", "startsAt", "minutes", "roomId", "status"], access: { roles: ["member+"] } } },
});
