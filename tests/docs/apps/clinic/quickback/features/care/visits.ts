import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { appointments } from "./appointments";

export const visits = sqliteTable("visits", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  appointmentId: text("appointment_id").notNull().references(() => appointments.id),
  event: text("event").notNull(),
});
